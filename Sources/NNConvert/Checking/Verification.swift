import KerasFiles
import NNInference
import TensorFiles

/// How a model's answers compare with those that are expected: output by output and, where they depart, the layer with which that
/// begins.
public struct Verification: Sendable {
    public var outputs: [Output] = []
    /// The first layer, in the order in which they run, whose output departs. Nil where nothing departs or nothing is known of the layers.
    public var firstLayer: Output?
    /// Layers whose outputs were compared; 0 where the model's outputs agree.
    public var comparedLayers = 0

    /// An output of the model, or of a layer.
    public struct Output: Sendable, Equatable {
        public var name: String
        public var agreement: Agreement
    }

    public var isClose: Bool { outputs.allSatisfy(\.agreement.isClose) }

    /// Looks for the first layer that departs. Those with outputs of different shapes cannot be compared.
    ///
    /// - Parameter isWhole: whether `expected` has all layers of a model. If there are as many and they have other names, because Keras has
    ///   numbered them in another session, their order tells which belong together; otherwise names do.
    mutating func compareLayers(
        _ found: [NamedTensor], expected: [NamedTensor], isWhole: Bool, _ tolerance: Agreement.Tolerance
    ) throws(TensorFileError) {
        var byName: [String: TensorValue] = [:]
        for layer in expected { byName[layer.name ?? ""] = layer.value }
        let isByOrder = isWhole && found.count == expected.count && Set(found.map(\.name)) != Set(expected.map(\.name))
        for (index, layer) in found.enumerated() {
            let name = layer.name ?? ""
            guard let other = isByOrder ? expected[index].value : byName[name],
                let agreement = try Agreement(layer.value, other, tolerance)
            else { continue }
            comparedLayers += 1
            if firstLayer == nil, !agreement.isClose { firstLayer = Output(name: name, agreement: agreement) }
        }
    }
}

/// Why a model could not be verified.
public enum VerificationError: Error, Sendable {
    /// The model, or the one that it is compared with, cannot be run.
    case conversion(ConversionError, Side)
    case prediction(PredictionError, Side)
    case format(FormatError, Side)
    /// No made-up inputs fit the model.
    case inputs(ProgramError)
    /// The models have different numbers of inputs or outputs.
    case interface(inputs: (Int, Int), outputs: (Int, Int))
    /// The model gives an output of another shape than is expected.
    case shape(output: String, expected: [Int], found: [Int])
    /// A recording that holds no numbers.
    case recording(TensorFileError)

    /// Whether an error is about the model or about what it is compared with.
    public enum Side: Sendable { case model, reference }
}
