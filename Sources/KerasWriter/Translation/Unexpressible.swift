import KerasFiles

/// Something that a model says and the dialect to be written cannot say so that it means the same.
public struct Unexpressible: Sendable, Equatable {
    /// ``KerasLayer/path``
    public var layerPath: String
    public var key: String?
    public var value: JSON?
    public var reason: Reason

    public enum Reason: String, Sendable, Equatable, CaseIterable {
        /// The Keras that the file is for has no such class.
        case noSuchClass
        /// It has no such key, and without it does otherwise.
        case noSuchKey
        /// It has the key, but nothing that means this value.
        case noSuchValue
        /// What is put out at masked steps would change.
        case maskedOutput
        /// Which variables the layer has is known for the format of the model but not for the one to be written.
        case unknownVariables
        /// A layer is called with what is made from its own results, and the Keras that the file is for makes all calls of a layer at once.
        case callOrder
    }
}
