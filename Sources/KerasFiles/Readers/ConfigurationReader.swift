/// Reads a model's configuration, as any Keras wrote it, into layers in Keras 3 form, without weights.
///
/// Nothing named in a configuration is ever looked up or run: class names are compared with tables, everything else is data.
struct ConfigurationReader {
    let version: KerasVersion
    let options: ReadingOptions
    var repairs: [Repair] = []
    /// The order of axes of layers of Keras 1 that do not tell theirs.
    private var defaultDataFormat: String?
    /// Replacements that were made, and the names of what could have been replaced.
    var replaced: [Replacement] = []
    var replaceable: [String] = []

    init(version: KerasVersion, options: ReadingOptions) {
        self.version = version
        self.options = options
    }

    /// The model. `memberNames` are the names of its layers as far as the file gives them elsewhere: up to Keras 2.2.2 a Sequential inside
    /// a Sequential is written without its name.
    mutating func model(_ configuration: JSON, memberNames: [String]) throws(KerasFileError) -> KerasLayer {
        if version.major < 2 { defaultDataFormat = Self.commonDataFormat(in: configuration) }
        let model = try layer(configuration, at: .root, in: nil, depth: 0, memberNames: memberNames)
        try requireReplaced()
        return model
    }

    /// One layer and all that it holds.
    ///
    /// `name` takes the place of the name in the configuration; `fallbackName` is for layers without one.
    mutating func layer(
        _ entry: JSON, at place: KerasLayer.Place, in parent: String?, depth: Int, name: String? = nil,
        fallbackName: String? = nil, memberNames: [String] = []
    ) throws(KerasFileError) -> KerasLayer {
        guard depth <= options.limits.layerDepth else {
            throw KerasFileError(
                .limitExceeded(.layerDepth, found: UInt64(depth), limit: UInt64(clamping: options.limits.layerDepth)), path: parent)
        }
        var entry = try object(entry, path: parent)
        if place == .member, version.lineage == .multiBackend, entry["module"] == nil, let className = entry["class_name"]?.stringValue,
            KerasOperations.isOperation(className, config: entry["config"])
        {
            entry["module"] = KerasOperations.module(of: className).map { .string($0) }
            entry["registered_name"] = .string(className)
        }
        let identity = try Identity(entry, path: parent)

        let wrapped = try Self.config(entry, className: identity.writtenName, path: parent)
        var config = wrapped.config
        let writtenName = config["name"]?.stringValue ?? entry["name"]?.stringValue
        let name = name ?? writtenName ?? fallbackName ?? identity.className.lowercased()
        let path = parent.map { $0 + "/" + name } ?? name

        if let built = try replacement(for: entry, config, identity, name: name, path: path, place: place) { return built }

        if identity.className != identity.writtenName {
            repairs.append(
                Repair(.classRenamed, layerPath: path, old: .string(identity.writtenName), new: .string(identity.className)))
        }
        if wrapped.wasList { repairs.append(Repair(.layerListWrapped, layerPath: path)) }
        if config["name"] != .string(name) {
            repairs.append(Repair(.valueTranslated, layerPath: path, key: "name", old: config["name"], new: .string(name)))
            config["name"] = .string(name)
        }

        let held = try held(&config, by: identity, path: path)
        var translation = LayerTranslation(
            config, className: identity.className, isOwn: identity.isOwn, path: path, version: version, defaultDataFormat: defaultDataFormat)
        try translation.run()
        repairs += translation.repairs

        var layer = KerasLayer(
            className: identity.className, name: name, path: path, place: place, config: translation.config,
            module: identity.isOwn ? nil : identity.module, registeredName: identity.isOwn ? nil : identity.registeredName)
        if identity.isOwn { layer.pythonClass = ObjectNames.pythonClass(written: identity.writtenName, className: identity.className) }
        layer.sharedObject = entry["shared_object_id"]?.integerValue
        layer.gatesAreJoined = config["consume_less"] == "gpu"
        if identity.isOwn {
            replaceActivations(of: &layer)
            try readActivations(of: &layer, depth: depth)
        }
        try readChildren(held, of: &layer, depth: depth, memberNames: memberNames)
        return layer
    }

    /// A layer's configuration; a bare list is what a Sequential was up to Keras 2.2.2.
    private static func config(
        _ entry: JSONObject, className: String, path: String?
    ) throws(KerasFileError) -> (config: JSONObject, wasList: Bool) {
        switch entry["config"] {
        case .object(let config)?: return (config, false)
        case .array(let layers)? where className == "Sequential": return ([ChildKey.members.key: .array(layers)], true)
        case let other?:
            throw KerasFileError(.wrongType(expected: .object, found: other.valueType), path: path, key: "config")
        case nil: throw KerasFileError(.missingKey, path: path, key: "config")
        }
    }

    func object(_ value: JSON, path: String?, key: String? = nil) throws(KerasFileError) -> JSONObject {
        guard case .object(let object) = value else {
            throw KerasFileError(.wrongType(expected: .object, found: value.valueType), path: path, key: key)
        }
        return object
    }
}

extension ConfigurationReader {
    /// Which class an entry of a configuration is about.
    struct Identity {
        /// As the file says it.
        let writtenName: String
        /// In Keras 3, or as the file says it.
        let className: String
        let module: String?
        let registeredName: String?
        /// Whether it is one of Keras's own classes, by all that the file says.
        let isOwn: Bool

        init(_ entry: JSONObject, path: String?) throws(KerasFileError) {
            guard let name = entry["class_name"] else { throw KerasFileError(.missingKey, path: path, key: "class_name") }
            guard case .string(let writtenName) = name else {
                throw KerasFileError(.wrongType(expected: .string, found: name.valueType), path: path, key: "class_name")
            }
            self.writtenName = writtenName
            module = entry["module"]?.stringValue
            registeredName = entry["registered_name"]?.stringValue
            let canonical = ClassNames.canonical(writtenName, config: entry["config"])
            let isKnown = LayerVariables.hasClass(canonical)
            // A registered name of the author's has a package before it.
            let authorsName = registeredName.flatMap { $0.contains(">") ? $0 : nil }
            isOwn = isKnown && ClassNames.isKeras(module: module) && authorsName == nil && !(module.map(ClassNames.isOperation) ?? false)
            if isOwn {
                className = canonical
            } else if isKnown {
                // A class of the user's own that is called like one of Keras's must not be taken for it.
                className = authorsName ?? "\(module ?? "")>\(writtenName)"
            } else {
                className = writtenName
            }
        }
    }
}
