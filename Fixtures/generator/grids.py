"""Combinations of option values, and few of them that still have every pair of values together."""

import itertools


def combinations(axes):
    """Every choice of one value per option, in order: {"strides": (1, 2), ...} -> [{"strides": 1, ...}, ...]"""
    names = list(axes)
    return [dict(zip(names, values)) for values in itertools.product(*axes.values())]


def pairs(values):
    items = [(name, repr(value)) for name, value in values.items()]
    return set(itertools.combinations(items, 2)) if len(items) > 1 else set(items)


def covering_pairs(choices):
    """Numbers of some choices that together have all pairs of values that all have: greedily, first come first."""
    remaining = set().union(*[pairs(values) for values in choices]) if choices else set()
    kept = set()
    while remaining:
        best = max(range(len(choices)), key=lambda index: (len(pairs(choices[index]) & remaining), -index))
        kept.add(best)
        remaining -= pairs(choices[best])
    return kept


def text(value):
    return "x".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
