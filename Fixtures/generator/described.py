"""Layers written down without making them: `layers.Dense(8, activation="relu")`."""


class Described:
    """A layer that a definition asked for: its class name and the arguments, not made yet."""

    def __init__(self, kind, args, options):
        self.kind = kind
        self.args = args
        self.options = options


class Layers:
    """Any capitalised attribute describes a layer of that class."""

    def __getattr__(self, kind):
        if not kind[0].isupper():
            raise AttributeError(kind)
        return lambda *args, **options: Described(kind, args, options)


layers = Layers()
