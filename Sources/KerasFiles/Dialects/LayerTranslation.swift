/// Turns one layer's own keys into Keras 3 form by the tables of this folder, and keeps account of it. What Keras's own layers
/// hold (layers, cells) is taken out before; classes of other makers are touched only in the keys that every layer has.
struct LayerTranslation {
    let version: KerasVersion
    let className: String
    let path: String
    /// Whether the class is Keras's own, so that its keys mean what the tables say.
    let isOwn: Bool

    /// The order of axes of layers of Keras 1 that do not tell theirs; nil when it is not known.
    let defaultDataFormat: String?

    private(set) var config: JSONObject
    private(set) var repairs: [Repair] = []

    init(_ config: JSONObject, className: String, isOwn: Bool, path: String, version: KerasVersion, defaultDataFormat: String? = nil) {
        self.defaultDataFormat = defaultDataFormat
        self.config = config
        self.className = className
        self.isOwn = isOwn
        self.path = path
        self.version = version
    }

    /// Throws `.duplicateKey` when a key is there by its old and its new name.
    mutating func run() throws(KerasFileError) {
        if isOwn && className != "Lambda" {
            // No repair: the file's own numbering is not what the layer says.
            for (key, value) in config { config[key] = PythonObjects.withoutAddresses(value) }
            unpackPythonObjects()
        }
        if isOwn && className == "Lambda" {
            let written = config
            for key in LambdaFunction.bringIntoKeras3Form(&config) {
                repairs.append(Repair(.valueTranslated, layerPath: path, key: key, old: written[key], new: config[key]))
            }
        }
        if isOwn && version.major < 2 { try runKeras1() }
        try rename(RenamedKey.table)
        remove(RemovedKey.table)
        translate()
        if isOwn {
            nameActivations()
            fill()
        }
    }

    private func concerns(_ classes: LayerClasses) -> Bool {
        if isOwn { return classes.contain(className) }
        switch classes {
        case .all, .allBut: return true
        case .only: return false
        }
    }

    mutating func set(_ key: String, to value: JSON, _ kind: Repair.Kind) {
        repairs.append(Repair(kind, layerPath: path, key: key, old: config[key], new: value))
        config[key] = value
    }

    private mutating func unpackPythonObjects() {
        for (key, value) in config {
            guard let plain = PythonObjects.plain(value) else { continue }
            set(key, to: plain, .valueTranslated)
        }
    }

    mutating func rename(_ table: [RenamedKey]) throws(KerasFileError) {
        for row in table where isOwn && row.classes.contains(className) && config.contains(key: row.old) {
            guard config.rename(row.old, to: row.new) else {
                throw KerasFileError(.duplicateKey(row.new), path: path, key: row.old)
            }
            repairs.append(Repair(.keyRenamed, layerPath: path, key: row.old, old: .string(row.old), new: .string(row.new)))
        }
    }

    mutating func remove(_ table: [RemovedKey]) {
        for row in table where concerns(row.classes) && row.writers.include(version) {
            guard let value = config[row.key], row.condition.holds(for: value, in: config) else { continue }
            drop(row.key)
        }
    }

    mutating func drop(_ key: String) {
        guard let value = config.removeValue(forKey: key) else { return }
        repairs.append(Repair(.keyRemoved, layerPath: path, key: key, old: value))
    }

    private mutating func translate() {
        for row in TranslatedValue.table where concerns(row.classes) && row.writers.include(version) {
            guard let value = config[row.key], let new = row.translation(value, className: className) else { continue }
            set(row.key, to: new, row.translation.repairKind)
        }
    }

    private mutating func nameActivations() {
        for key in config.keys where ActivationNames.keys.contains(key) {
            guard let name = config[key]?.stringValue else { continue }
            if let new = ActivationNames.redefined[name], Writers.keras2.include(version) {
                set(key, to: .string(new), .meaningKept)
            } else if let new = ActivationNames.renamed[name] {
                set(key, to: .string(new), .valueTranslated)
            }
        }
    }

    private mutating func fill() {
        for row in MissingKey.table where row.classes.contains(className) && row.writers.include(version) {
            guard (config[row.key] ?? .null).isNull else { continue }
            set(row.key, to: row.value, .defaultFilled)
        }
    }
}
