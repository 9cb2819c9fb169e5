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

    private var usedRoles: [String: Set<String>] = [:]

    /// The roles in which weights of the layer at `path` have been used.
    func roles(ofLayerAt path: String) -> Set<String> { usedRoles[path] ?? [] }

    /// The entry of a layer's weight, made when it is first asked for.
    ///
    /// - Parameter shape: what the configuration demands; ``Shape/unknown`` where it demands nothing, nil for any shape at all.
    /// - Parameter rearranged: makes of the stored tensor the one that the program has.
    mutating func weight(
        _ role: String, of layer: KerasLayer, shape: [Int]?, layout: TensorLayout, rearranged: Rearrangement? = nil
    ) throws(Refusal) -> TensorID {
        let name = Name(layerPath: layer.path, role: role)
        if let place = places[name] { return TensorID(place) }
        guard let weight = layer.weights.first(where: { $0.role == role }) else { throw Refusal(layer, .missingWeight(role: role)) }
        let tensor = weight.tensor
        if let shape, !Self.agree(shape, tensor.shape) {
            throw Refusal(layer, .weightShape(role: role, expected: shape, found: tensor.shape))
        }
        guard tensor.elementType.isFloat else { throw Refusal(layer, .weightType(role: role, found: tensor.elementType)) }
        let place: TensorID
        if let rearranged {
            let tensor = try Self.apply(rearranged, to: tensor, of: layer)
            place = add(LoweredTensor(descriptor: TensorDescriptor(tensor, layout: layout), source: tensor))
        } else {
            place = add(LoweredTensor(descriptor: TensorDescriptor(tensor, layout: layout), source: tensor, place: weight.place))
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
