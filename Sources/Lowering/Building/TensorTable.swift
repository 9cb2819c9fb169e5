import KerasFiles
import NNInference

/// The tensors of a program under construction. A weight that is used twice has one entry.
struct TensorTable {
    private(set) var tensors: [LoweredTensor] = []
    private var places: [Name: Int] = [:]

    private struct Name: Hashable {
        var layerPath: String
        var role: String
    }

    /// By the path of the layer; also of weights that tensors were only computed from.
    private var usedRoles: [String: Set<String>] = [:]

    /// The roles in which weights of the layer at `path` have been used.
    func roles(ofLayerAt path: String) -> Set<String> { usedRoles[path] ?? [] }

    /// The entry of a layer's weight, made when it is first asked for.
    ///
    /// - Parameters:
    ///   - shape: what the configuration demands; ``Shape/unknown`` where it demands nothing, nil for any shape at all.
    ///   - type: of the elements; nil for floating-point numbers of any size.
    ///   - rearranged: makes of the stored tensor the one that the program has.
    mutating func weight(
        _ role: String, of layer: KerasLayer, shape: [Int]?, layout: TensorLayout, type: KerasFiles.ElementType?,
        rearranged: Rearrangement? = nil
    ) throws(Refusal) -> TensorID {
        let name = Name(layerPath: layer.path, role: role)
        if let place = places[name] { return TensorID(place) }
        let weight = try Self.find(role, of: layer, shape: shape, type: type)
        let place: TensorID
        if let rearranged {
            let tensor = try Self.apply(rearranged, to: weight.tensor, of: layer)
            place = add(LoweredTensor(descriptor: TensorDescriptor(tensor, layout: layout), source: tensor))
        } else {
            place = add(LoweredTensor(descriptor: TensorDescriptor(weight.tensor, layout: layout), source: weight.tensor, place: weight.place))
        }
        places[name] = place.index
        usedRoles[layer.path, default: []].insert(role)
        return place
    }

    typealias Rearrangement = (Tensor) throws(KerasFileError) -> Tensor

    private static func apply(_ rearranged: Rearrangement, to tensor: Tensor, of layer: KerasLayer) throws(Refusal) -> Tensor {
        do throws(KerasFileError) {
            return try rearranged(tensor)
        } catch {
            throw Refusal(layer, .shape(.overflow))
        }
    }

    /// A layer's weight that is not for the program, but for what is computed from it.
    mutating func take(_ role: String, of layer: KerasLayer, shape: [Int]?, type: KerasFiles.ElementType?) throws(Refusal) -> Tensor {
        let weight = try Self.find(role, of: layer, shape: shape, type: type)
        usedRoles[layer.path, default: []].insert(role)
        return weight.tensor
    }

    private static func find(
        _ role: String, of layer: KerasLayer, shape: [Int]?, type: KerasFiles.ElementType?
    ) throws(Refusal) -> LayerWeight {
        guard let weight = layer.weights.first(where: { $0.role == role }) else { throw Refusal(layer, .missingWeight(role: role)) }
        let tensor = weight.tensor
        if let shape, !agree(shape, tensor.shape) {
            throw Refusal(layer, .weightShape(role: role, expected: shape, found: tensor.shape))
        }
        guard type.map({ $0 == tensor.elementType }) ?? tensor.elementType.isFloat else {
            throw Refusal(layer, .weightType(role: role, found: tensor.elementType))
        }
        return weight
    }

    mutating func add(_ tensor: LoweredTensor) -> TensorID {
        tensors.append(tensor)
        return TensorID(tensors.count - 1)
    }

    private static func agree(_ expected: [Int], _ found: [Int]) -> Bool {
        expected.count == found.count && zip(expected, found).allSatisfy { $0 == Shape.unknown || $0 == $1 }
    }
}

extension TensorDescriptor {
    /// What the program's table says of a tensor of the file.
    init(_ tensor: Tensor, layout: TensorLayout = .rowMajor) {
        let type: NNInference.ElementType =
            switch tensor.elementType {
            case .float16: .float16
            case .bfloat16: .bfloat16
            case .float32: .float32
            case .float64: .float64
            case .int8: .int8
            case .int16: .int16
            case .int32: .int32
            case .int64: .int64
            case .uint8: .uint8
            case .uint16: .uint16
            case .uint32: .uint32
            case .uint64: .uint64
            case .bool: .bool
            }
        self.init(type, tensor.shape, layout: layout)
    }
}
