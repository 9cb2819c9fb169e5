import KerasFiles

extension SourceView {
    private enum Key {
        static let format = "format"
        static let version = "keras_version"
        static let weightsVersion = "weights_version"
        static let backend = "backend"
        static let configuration = "model_config"
        static let training = "training_config"
        static let metadata = "metadata"
        static let weights = "weights"
        static let topLevel = "top_level_weights"
        static let optimizer = "optimizer_weights"
        static let others = "other_weights"
        static let assets = "assets"
        static let replacements = "replacements"
        static let names = "name_storage"
        static let tensors = "tensors"
        static let all: Set = [
            format, version, weightsVersion, backend, configuration, training, metadata, weights, topLevel, optimizer, others, assets, replacements, names, tensors,
        ]
    }

    var json: JSON {
        var object = JSONObject()
        object[Key.format] = .string(format.rawValue)
        object[Key.version] = version.text.map { .string($0) }
        object[Key.weightsVersion] = weightsVersion.map { $0.text.map { .string($0) } ?? .null }
        object[Key.backend] = backend.map { .string($0) }
        object[Key.configuration] = configuration
        object[Key.training] = trainingConfiguration
        object[Key.metadata] = metadata
        object[Key.weights] = .array(groups.map(\.json))
        object[Key.topLevel] = topLevel?.json
        object[Key.optimizer] = optimizer?.json
        if !others.isEmpty { object[Key.others] = .array(others.map(\.json)) }
        if !assets.isEmpty { object[Key.assets] = .array(assets.map { .string($0) }) }
        if !replacements.isEmpty {
            object[Key.replacements] = .array(replacements.map { .array([.string($0.name), .string($0.builtIn), .object($0.config)]) })
        }
        object[Key.names] = names.map { .string($0.rawValue) }
        // As steps, which repeat themselves where the places do not; left out where every step is one.
        var previous = -1
        var steps: [JSON] = []
        for place in tensors {
            steps.append(.integer(Int64(place - previous)))
            previous = place
        }
        if steps.contains(where: { $0 != .integer(1) }) { object[Key.tensors] = .array(steps) }
        return .object(object)
    }

    /// Reads the section. A key that this build does not know would be lost on the way back to Keras, so it is refused.
    init(_ bytes: [UInt8], tensorCount: Int, limits: Limits) throws(SourceViewError) {
        guard let text = Compression.expand(bytes, limit: limits.jsonBytes) else { throw .compression }
        let json: JSON
        do throws(KerasFileError) { json = try JSON(parsing: text, limits: limits) } catch { throw .keras(error) }
        guard let object = json.objectValue else { throw .malformed(key: nil) }
        if let unknown = object.keys.first(where: { !Key.all.contains($0) }) { throw .unknown(key: unknown) }
        guard let format = object[Key.format]?.stringValue.flatMap(KerasFormat.init) else { throw .malformed(key: Key.format) }
        guard let configuration = object[Key.configuration] else { throw .malformed(key: Key.configuration) }
        self.format = format
        self.configuration = configuration
        trainingConfiguration = object[Key.training]
        metadata = object[Key.metadata]
        version = try Self.version(object[Key.version] ?? .null, Key.version)
        weightsVersion = try object[Key.weightsVersion].map { json throws(SourceViewError) in try Self.version(json, Key.weightsVersion) }
        backend = try Self.text(object, Key.backend)
        guard object.contains(key: Key.weights) else { throw .malformed(key: Key.weights) }
        groups = try Self.groups(object, Key.weights)
        topLevel = try object[Key.topLevel].map { json throws(SourceViewError) in try Group(json, key: Key.topLevel) }
        optimizer = try object[Key.optimizer].map { json throws(SourceViewError) in try Group(json, key: Key.optimizer) }
        others = try Self.groups(object, Key.others)
        assets = try Self.assets(object[Key.assets])
        replacements = try Self.replacements(object[Key.replacements])
        if let storage = try Self.text(object, Key.names) {
            guard let names = NameStorage(rawValue: storage) else { throw .malformed(key: Key.names) }
            self.names = names
        }
        tensors = []
        let all = groups + [topLevel, optimizer].compactMap { $0 } + others
        let count = all.reduce(0) { $0 + $1.weights.count } + assets.count
        tensors = try Self.places(object[Key.tensors], count: count, tensorCount: tensorCount)
    }

    private static func text(_ object: JSONObject, _ key: String) throws(SourceViewError) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.stringValue else { throw .malformed(key: key) }
        return text
    }

    /// Null for one that says no number.
    private static func version(_ json: JSON, _ key: String) throws(SourceViewError) -> KerasVersion {
        if json.isNull { return .unnamed }
        guard let version = json.stringValue.flatMap({ KerasVersion($0) }) else { throw .malformed(key: key) }
        return version
    }

    private static func groups(_ object: JSONObject, _ key: String) throws(SourceViewError) -> [Group] {
        guard let value = object[key] else { return [] }
        guard let list = value.arrayValue else { throw .malformed(key: key) }
        var groups: [Group] = []
        for group in list { groups.append(try Group(group, key: key)) }
        return groups
    }

    private static func assets(_ json: JSON?) throws(SourceViewError) -> [String] {
        guard let json else { return [] }
        guard let list = json.arrayValue, case let names = list.compactMap(\.stringValue), names.count == list.count else {
            throw .malformed(key: Key.assets)
        }
        return names
    }

    private static func replacements(_ json: JSON?) throws(SourceViewError) -> [Replacement] {
        guard let json else { return [] }
        var replacements: [Replacement] = []
        for entry in json.arrayValue ?? [.null] {
            guard let name = entry[0]?.stringValue, let builtIn = entry[1]?.stringValue, let config = entry[2]?.objectValue,
                let replacement = Replacement(name, with: builtIn, config: config)
            else { throw .malformed(key: Key.replacements) }
            replacements.append(replacement)
        }
        return replacements
    }

    private static func places(_ steps: JSON?, count: Int, tensorCount: Int) throws(SourceViewError) -> [Int] {
        guard let steps else {
            guard count <= tensorCount else { throw .malformed(key: Key.tensors) }
            return Array(0..<count)
        }
        guard let steps = steps.arrayValue, steps.count == count else { throw .malformed(key: Key.tensors) }
        var places: [Int] = []
        var place = -1
        for step in steps {
            guard let step = step.intValue, step.magnitude <= tensorCount, (0..<tensorCount).contains(place + step) else {
                throw .malformed(key: Key.tensors)
            }
            place += step
            places.append(place)
        }
        return places
    }
}

extension SourceView.Group {
    fileprivate var json: JSON {
        .array([.string(name), .array(weights.map { .string($0) })] + (label.map { [.string($0)] } ?? []))
    }

    fileprivate init(_ json: JSON, key: String) throws(SourceViewError) {
        guard let parts = json.arrayValue, 2...3 ~= parts.count, let name = parts[0].stringValue, let list = parts[1].arrayValue else {
            throw .malformed(key: key)
        }
        self.name = name
        if parts.count == 3 {
            guard let label = parts[2].stringValue else { throw .malformed(key: key) }
            self.label = label
        }
        weights = []
        for entry in list {
            guard let name = entry.stringValue else { throw .malformed(key: key) }
            weights.append(name)
        }
    }
}
