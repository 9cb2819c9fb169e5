import KerasFiles
import Lowering
import NNInference

/// Layers made for tests, in Keras 3 form.
extension KerasLayer {
    /// A layer with weights of numbers that differ from one another, and children whose paths follow from its own.
    static func layer(
        _ className: String, _ name: String = "layer", place: Place = .member, weights: [(String, [Int])] = [],
        children: [KerasLayer] = [], _ config: JSONObject = [:]
    ) throws -> KerasLayer {
        KerasLayer(
            className: className, name: name, path: name, place: place, config: config,
            weights: try weights.enumerated().map { index, weight in
                LayerWeight(
                    role: weight.0, tensor: try tensor(weight.1, seed: UInt64(index)), isTrainable: true, place: WeightPlace(group: 0, index: index))
            }, children: children)
    }

    /// A model of layers behind an input, with the paths of everything in it set.
    static func sequential(_ input: [Int?], dtype: JSON = "float32", name: String = "model", _ members: [KerasLayer]) -> KerasLayer {
        let shape = JSON.array(([nil] + input).map { $0.map { .integer(Int64($0)) } ?? .null })
        let inputLayer = KerasLayer(
            className: "InputLayer", name: "input", path: "input", place: .member, config: ["batch_shape": shape, "dtype": dtype])
        var model = KerasLayer(
            className: "Sequential", name: name, path: name, place: .root, config: ["name": .string(name)], children: [inputLayer] + members)
        model.setPaths(below: nil)
        return model
    }

    private mutating func setPaths(below parent: String?) {
        path = parent.map { "\($0)/\(name)" } ?? name
        for index in children.indices { children[index].setPaths(below: path) }
    }

    static func tensor(_ shape: [Int], seed: UInt64 = 0) throws -> Tensor {
        var random = SplitMix64(seed: seed)
        var bytes: [UInt8] = []
        for _ in 0..<shape.reduce(1, *) {
            let bits = random.nextFloat(from: 0.1, to: 1).bitPattern
            for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt32(place)))) }
        }
        return try Tensor(elementType: .float32, shape: shape, bytes: bytes)
    }
}
