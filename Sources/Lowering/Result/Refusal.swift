import KerasFiles
import NNInference

/// One reason why a model cannot be run: which layer, which key, which value, and what is wrong with it.
///
/// Carries what a message needs; the words are made by whoever shows it. Text taken from the file is untrusted: escape it before
/// printing.
public struct Refusal: Error, Equatable, Sendable {
    /// ``KerasLayer/path`` of the layer.
    public var path: String
    /// The layer's class by its Keras 3 name.
    public var className: String
    /// The configuration key; nil when the refusal is about the layer as a whole.
    public var key: String?
    /// What the file has for the key; nil when it has nothing.
    public var value: JSON?
    public var reason: Reason

    public init(path: String, className: String, key: String? = nil, value: JSON? = nil, reason: Reason) {
        self.path = path
        self.className = className
        self.key = key
        self.value = value
        self.reason = reason
    }

    init(_ layer: KerasLayer, key: String? = nil, _ reason: Reason) {
        self.init(path: layer.path, className: layer.className, key: key, value: key.flatMap { layer.config[$0] }, reason: reason)
    }
}

extension Refusal {
    public enum Reason: Equatable, Sendable {
        // The class.
        /// No class of this name is known.
        case unknownClass
        /// The layer, or the value of the key, holds code (a Lambda, bytecode, a saved graph), which is never run.
        case containsCode
        /// A Functional model: its graph cannot be run yet.
        case functionalGraph

        // The configuration.
        /// The class is not known to have this key, so what it would change is not known either.
        case undeclaredKey
        case missingKey
        /// The value is of another kind than the key takes.
        case wrongType(expected: ValueKind)
        /// The value means something that cannot be computed; `allowed` lists what can be where that is a list.
        case unsupportedValue(allowed: [JSON])
        /// The value is fine on its own, but not together with what another key says.
        case conflict(withKey: String)
        /// A number type or policy that is not computed with: integers, quantisation.
        case numberType
        /// Keras itself computes something else than this function is defined to be.
        case defectiveInKeras

        /// The path of a file: nothing is read from beside a model.
        case filePath
        /// A vocabulary that was learned, and is not in the file.
        case missingVocabulary
        /// A file of a vocabulary that Keras reads otherwise than it was written.
        case vocabularyFile
        /// The result is as long as the longest text that is given with it.
        case openLength

        // The layers inside and around.
        /// A wrapper whose inner layer is not there, or cannot stand inside it.
        case missingLayer
        case unsupportedInside(wrapper: String)
        /// Several values come out where the model goes on with one.
        case severalOutputs(Int)

        // The weights.
        case missingWeight(role: String)
        /// A weight that the layer, as configured, does not have.
        case unexpectedWeight(role: String)
        /// ``Shape/unknown`` stands for an extent that nothing demands.
        case weightShape(role: String, expected: [Int], found: [Int])
        case weightType(role: String, found: KerasFiles.ElementType)
        /// Indices that point nowhere, or a weight that cannot be read.
        case weightContent(role: String)
        /// Kernels of which it is not known which way round they are: of layers that Theano may treat in its own way, or, where Keras 1 does
        /// not say with what it computed, of any convolution (nil).
        case kernelOrder(backend: String?)

        // What flows in.
        /// Neither the model nor the file tells the shape of its input.
        case unknownInputShape
        /// Integers reach a layer that computes with numbers in a way that Keras does differently for integers.
        case integerInput
        /// Texts reach a layer that computes with numbers, or numbers one that takes texts.
        case textInput
        /// A mask reaches a layer that Keras would fail in, or that uses it in a way that is not supported.
        case unsupportedMask
        /// The layer does not fit its input or its weights.
        case shape(ProgramError.Problem)
    }
}

/// Why a model cannot be run: everything that stands in the way, in the order of the layers.
public struct LoweringError: Error, Equatable, Sendable {
    public var refusals: [Refusal]

    public init(refusals: [Refusal]) { self.refusals = refusals }
}
