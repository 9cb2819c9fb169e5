import KerasFiles

/// How far what is computed was from what Keras computed, at most, over many small models: by class of layer. Whole numbers and texts have to
/// be the same and do not count.
public struct LayerDeviations: Equatable, Sendable {
    /// Models of several layers that compute something.
    public static let severalLayers = "Sequential"

    public struct Bound: Equatable, Sendable {
        /// How many models were compared.
        public var models = 0
        /// The largest difference between two numbers.
        public var absolute = 0.0
        /// The largest difference, as a part of the largest number of the same answer, or of 1 where all are smaller.
        public var relative = 0.0
    }

    /// By the class of the only layer that computes something, in single precision.
    public var single: [String: Bound] = [:]
    /// Of models that Keras computed in a half-precision type, and that are computed in single precision.
    public var half: [String: Bound] = [:]

    public init() {}

    /// Counts a model whose answers were compared. Numbers that are not finite, and are the same, are passed over.
    public mutating func add(_ found: [Float], _ expected: [Float], className: String, isHalf: Bool) {
        let scale = expected.reduce(1) { $1.isFinite ? max($0, $1.magnitude) : $0 }
        let worst = zip(found, expected).reduce(Float(0)) { worst, pair in
            pair.0 == pair.1 || pair.1.isNaN ? worst : max(worst, (pair.0 - pair.1).magnitude)
        }
        let path = isHalf ? \Self.half : \Self.single
        self[keyPath: path][className, default: Bound()].models += 1
        self[keyPath: path][className]?.absolute.grow(to: Double(worst))
        self[keyPath: path][className]?.relative.grow(to: Double(worst / scale))
    }

    /// The class that a model's deviation is put down to.
    public static func className(of root: KerasLayer) -> String {
        let layers = root.members.filter { $0.className != "InputLayer" }
        return layers.count == 1 ? layers[0].className : severalLayers
    }
}

extension Double {
    fileprivate mutating func grow(to other: Double) { self = Swift.max(self, other) }
}

// MARK: JSON

extension LayerDeviations {
    public init?(_ json: JSON) {
        guard let single = Self.bounds(json["single"]), let half = Self.bounds(json["half"]) else { return nil }
        (self.single, self.half) = (single, half)
    }

    public var json: JSON { ["single": Self.json(single), "half": Self.json(half)] }

    private static func bounds(_ json: JSON?) -> [String: Bound]? {
        guard let object = json?.objectValue else { return nil }
        var bounds: [String: Bound] = [:]
        for (name, value) in zip(object.keys, object.values) {
            guard let models = value["models"]?.intValue, let absolute = value["absolute"]?.doubleValue, let relative = value["relative"]?.doubleValue
            else { return nil }
            bounds[name] = Bound(models: models, absolute: absolute, relative: relative)
        }
        return bounds
    }

    private static func json(_ bounds: [String: Bound]) -> JSON {
        .object(
            JSONObject(
                bounds.sorted { $0.key < $1.key }.map { name, bound in
                    (name, ["models": .integer(Int64(bound.models)), "absolute": .float(bound.absolute), "relative": .float(bound.relative)])
                }))
    }
}
