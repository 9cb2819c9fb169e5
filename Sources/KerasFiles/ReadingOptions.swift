/// How a Keras file is read, and what goes with it. The default opens every file that holds a whole model.
public struct ReadingOptions: Sendable {
    public var limits = Limits()

    /// What describes the model, for a file that holds weights alone: what `model.to_json()` gave, the `config.json` of an archive, or a
    /// whole model of any kind, of which only the description is taken. Any Keras may have written it, also another than the weights.
    /// Given for a file that has a description, it throws `.needless(.architecture)`.
    public var architecture: ByteSource?

    /// The weights, for a file that only describes a model: any file of weights alone; an index of several needs its ``ByteSource/path``,
    /// since the others are beside it. Given for a file that has weights, it throws `.needless(.weights)`.
    public var weights: ByteSource?

    /// What Keras computed with, for files that do not say: those of Keras 1. With `theano` the kernels of convolutions are the other way
    /// round. Given for a file that says something else, it throws `.needless(.backend)`.
    public var backend: String?

    /// Built-ins that stand for what the file names and cannot carry. One that nothing in the file is called by throws
    /// `.nothingToReplace`, which lists what there is.
    public var replacements: [Replacement] = []

    public init() {}
}
