"""Functional models: how layers call each other, in the words of the releases that differ in them."""

from definition import Definitions, indices, normal

DEFINITIONS = Definitions()

WRITERS = ("keras-2.0.2", "keras-2.2.4", "tfkeras-2.4", "tfkeras-2.15", "keras-3.0.5", "keras-3.15.1")


def graph(*inputs, writers=lambda k: True):
    """Adds what the function says as (inputs, outputs)."""
    def arrays(k, seed):
        return [make(k, seed + index) for index, make in enumerate(inputs)]

    def decorate(function):
        DEFINITIONS.add(function.__name__, lambda k: k.model(*function(k)), arrays,
                        writers=lambda k: k.writer in WRITERS and writers(k))
        return function
    return decorate


@graph(normal(3, 6), writers=lambda k: k.writer in ("keras-2.0.2", "tfkeras-2.15", "keras-3.15.1"))
def functional_skip(k):
    """Two blocks with a connection around each, as in a ResNet."""
    first = x = k.input(6)
    for _ in range(2):
        y = k.call(k.Dense(6, use_bias=False), x)
        y = k.call(k.BatchNormalization(), y)
        y = k.call(k.Activation("relu"), y)
        x = k.call(k.Add(), [x, y])
    return first, k.call(k.Dense(2), x)


@graph(normal(3, 4), normal(3, 4))
def functional_merges(k):
    """Every merge that all releases have; one layer for both inputs, and again on its own output."""
    a, b = k.input(4), k.input(4)
    shared = k.made(k.Dense(4, activation="tanh"))
    x, y = shared(a), shared(shared(b))
    merged = [k.call(layer, [x, y]) for layer in (k.Add(), k.Multiply(), k.Average(), k.Maximum(), k.Concatenate())]
    return [a, b], k.call(k.Dense(3), k.call(k.Concatenate(axis=-1), merged + [k.call(k.Dot(axes=-1), [x, y])]))


@graph(indices(9, 3, 5), normal(3, 4), writers=lambda k: k.writer not in ("keras-2.2.4", "tfkeras-2.4"))
def functional_two_outputs(k):
    """Two inputs of different types, two outputs."""
    words, numbers = k.input(5, dtype="int32", name="words"), k.input(4, name="numbers")
    x = k.call(k.LSTM(3, recurrent_activation="hard_sigmoid"), k.call(k.Embedding(9, 4), words))
    x = k.call(k.Concatenate(), [x, k.call(k.Dense(3, activation="tanh"), numbers)])
    return [words, numbers], [k.call(k.Dense(2, activation="softmax", name="kind"), x), k.call(k.Dense(1, name="amount"), x)]


@graph(normal(3, 5))
def functional_nested(k):
    """A Functional with two outputs and a Sequential inside one, both called twice; outputs of theirs are the model's own."""
    inner = k.input(4)
    hidden = k.call(k.Dense(3, activation="relu"), inner)
    pair = k.model(inner, [k.call(k.Dense(4), hidden), k.call(k.BatchNormalization(), hidden)])
    line = k.made(k.Sequential([k.Dense(4, activation="tanh"), k.Dense(4)], shape=(5,), name="line"))
    x = k.input(5)
    u, v = pair(line(x))
    w, _ = pair(u)
    return x, [k.call(k.Dense(2), k.call(k.Concatenate(), [u, w])), line(k.call(k.Dense(5), v)), w]


@graph(normal(3, 5, 3), writers=lambda k: k.accepts("LSTM", "return_state"))
def functional_states(k):
    """The states of one LSTM begin another: an encoder and a decoder."""
    x = k.input(5, 3)
    _, h, c = k.made(k.LSTM(4, return_state=True))(x)
    y = k.made(k.LSTM(4, return_sequences=True))(x, initial_state=[h, c])
    return x, k.call(k.TimeDistributed(k.Dense(2)), y)


@graph(normal(2, 4, 6), normal(2, 3, 6), writers=lambda k: k.has("MultiHeadAttention"))
def functional_attention(k):
    x, y = k.input(4, 6), k.input(3, 6)
    attended = k.made(k.MultiHeadAttention(num_heads=2, key_dim=3))(x, y)
    z = k.call(k.LayerNormalization(), k.call(k.Add(), [x, attended]))
    # TensorFlow 2.10 onwards.
    options = {"use_causal_mask": True} if k.is_keras_3 or k.version >= (2, 10) else {}
    own = k.made(k.MultiHeadAttention(num_heads=2, key_dim=3, value_dim=2))(z, z, **options)
    return [x, y], k.call(k.GlobalAveragePooling1D(), own)


@graph(normal(3, 4, 6), writers=lambda k: k.functions is not None and k.writer != "tfkeras-2.4")
def functional_functions(k):
    """Functions of TensorFlow, or of keras.ops, between layers."""
    x = k.input(4, 6)
    z = k.functions.relu(x * 2.0 + k.call(k.Dense(6), x)) - 0.5
    z = k.functions.concatenate([z[:, :2], z[:, -1:, :]], axis=1)
    z = k.functions.reshape(1.0 - z, (-1, 18)) / 3.0
    return x, k.call(k.Dense(2), k.functions.mean(k.call(k.Reshape((3, 6)), z), axis=1))
