"""Combinations of option values, and few of them that still have every pair of values together."""

import itertools


def combinations(axes):
    """Every choice of one value per option, in order: {"strides": (1, 2), ...} -> [{"strides": 1, ...}, ...]"""
    names = list(axes)
    return [dict(zip(names, values)) for values in itertools.product(*axes.values())]


def parts(values, size):
    """What a choice has of groups of `size` options."""
    items = [(name, repr(value)) for name, value in values.items()]
    return set(itertools.combinations(items, size)) if len(items) > size else {tuple(items)}


def covering(choices, size):
    """Numbers of some choices that together have every group of `size` values that all have: greedily, first come first."""
    if size == 0:
        return set()
    found = [parts(values, size) for values in choices]
    remaining = set().union(*found)
    kept = set()
    while remaining:
        best = max(range(len(choices)), key=lambda index: (len(found[index] & remaining), -index))
        kept.add(best)
        remaining -= found[best]
    return kept


def text(value):
    return "x".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
