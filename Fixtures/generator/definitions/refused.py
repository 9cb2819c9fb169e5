"""What a converter cannot know: code. Three such things in one model, to be refused by name, all at once."""

from definition import Definitions, normal

DEFINITIONS = Definitions()


# Keras stores the marshalled code of a lambda, and in it the name of the source file: one that is the same everywhere.
doubled = eval(compile("lambda x: x * 2 + 1", "model.py", "eval"), {"__name__": "model"})


def wobble(x):
    return x - x * x / 8


@DEFINITIONS.model(normal(3, 4), writers=lambda k: k.writer in ("tfkeras-2.15", "keras-3.15.1"))
def unsupported_three(k):
    @k.keras.utils.register_keras_serializable(package="Custom")
    class Sway(k.keras.layers.Layer):
        def call(self, inputs):
            return wobble(inputs)

    model = k.sequential([k.Dense(6, activation="relu", name="first")], shape=(4,))
    model.add(k.keras.layers.Lambda(doubled, name="doubled"))
    model.add(k.keras.layers.Dense(5, activation=wobble, name="wobbling"))
    model.add(Sway(name="swaying"))
    model.add(k.made(k.Dense(2, name="last")))
    return model
