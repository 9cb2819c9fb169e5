import KerasFiles
import NNInference

/// What a Keras model computes, ready to be written or run.
public struct LoweredModel: Sendable {
    public var program: Program
    /// The tensor table that the program refers to.
    public var tensors: [LoweredTensor]
    /// For each operation of the program the layer it came from: its path from the model down, without the model's own name.
    public var operationNames: [String]
    public var inputNames: [String]
    public var outputNames: [String]
    /// All layers in the order of the model, a nested model's after itself.
    public var layers: [LayerSummary]

    /// The tensor table without the bytes.
    public var descriptors: [TensorDescriptor] { tensors.map(\.descriptor) }
}

/// A tensor of the table and where its elements are.
public struct LoweredTensor: Sendable {
    /// Shape and type as in the Keras file, and the order that the kernels want.
    public var descriptor: TensorDescriptor
    /// The elements as the file has them: row-major, to be reordered when the descriptor's layout says so.
    public var source: Tensor
    /// Which weight of the Keras file it is; nil for numbers that the configuration holds.
    public var place: WeightPlace?

    public init(descriptor: TensorDescriptor, source: Tensor, place: WeightPlace? = nil) {
        self.descriptor = descriptor
        self.source = source
        self.place = place
    }
}

/// A layer as a table of the model shows it.
public struct LayerSummary: Equatable, Sendable {
    /// Names from the model down to this layer, without the model's own, joined by `/`.
    public var path: String
    public var name: String
    public var className: String
    /// 0 for the model's own layers, 1 for those of a model among them, and so on.
    public var depth: Int
    /// Batch first; ``Shape/unknown`` where the model leaves it open.
    public var outputShapes: [Shape]
    /// Parameters of this layer and of everything in it.
    public var trainableParameters: Int
    public var nonTrainableParameters: Int

    public init(
        path: String, name: String, className: String, depth: Int, outputShapes: [Shape], trainableParameters: Int,
        nonTrainableParameters: Int
    ) {
        self.path = path
        self.name = name
        self.className = className
        self.depth = depth
        self.outputShapes = outputShapes
        self.trainableParameters = trainableParameters
        self.nonTrainableParameters = nonTrainableParameters
    }

    public var parameters: Int { trainableParameters + nonTrainableParameters }
}
