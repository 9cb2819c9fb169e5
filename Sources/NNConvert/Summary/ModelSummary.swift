import CompactFile
import KerasFiles
import Lowering
import NNInference

/// What a person wants to know of a model: its layers, what goes in and out, what running it takes, and whether it can be run.
public struct ModelSummary: Sendable {
    /// A layer of the model, or of a model inside it.
    public struct Layer: Sendable {
        public var name: String
        /// The Keras class; nil in a `.nnc` file without its source.
        public var className: String?
        /// The operations that the layer became; empty when the model cannot be run.
        public var operations: [OperationKind]
        /// 0 for the model's own layers, 1 for those of a model among them, and so on.
        public var depth: Int
        /// Batch first, ``Shape/unknown`` where a dimension is open; empty when the model cannot be run.
        public var outputShapes: [Shape]
        /// Of the layer and everything in it.
        public var parameters: Int
        /// Those of them that training changes; nil where the file does not say.
        public var trainableParameters: Int?
    }

    /// An input or output of the model.
    public struct Value: Sendable {
        public var name: String
        public var info: ValueInfo
    }

    public var name: String?
    public var layers: [Layer]
    public var inputs: [Value]
    public var outputs: [Value]
    /// Bytes of the weights that running takes.
    public var tensorBytes: UInt64
    public var operationCount: Int?
    public var needs: Program.Requirements?
    /// Parameters of the optimizer; nil when the file has none.
    public var optimizerParameters: Int?
    /// Why the model cannot be run; empty when it can.
    public var refusals: [Refusal]

    /// Parameters of the whole model.
    public var parameters: Int { layers.filter { $0.depth == 0 }.reduce(0) { $0 + $1.parameters } }

    /// Those that training changes; nil where the file does not say.
    public var trainableParameters: Int? {
        var sum = 0
        for layer in layers where layer.depth == 0 {
            guard let trainable = layer.trainableParameters else { return nil }
            sum += trainable
        }
        return sum
    }
}

extension ModelFile {
    /// The summary of the model. No weight is read.
    public func summary() throws(SummaryError) -> ModelSummary {
        switch content {
        case .keras(let model): return ModelSummary(model)
        case .compact(let model):
            let keras: KerasModel?
            do throws(SourceViewError) { keras = try kerasModel() } catch { throw .source(error) }
            // A file that holds its source only is, to whoever runs it, a Keras file.
            if let keras, model.program == nil { return ModelSummary(keras) }
            var summary = try ModelSummary(model)
            if let keras { summary.describeLayers(as: ModelSummary(keras)) }
            return summary
        }
    }
}

/// Why a `.nnc` file that opens cannot be described.
public enum SummaryError: Error, Sendable {
    case format(FormatError)
    case program(ProgramError)
    case source(SourceViewError)
}
