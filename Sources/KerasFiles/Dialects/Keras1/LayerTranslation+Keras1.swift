extension LayerTranslation {
    /// Brings the keys and values of Keras 1 into the form of Keras 2, which the tables of all releases go on from.
    mutating func runKeras1() throws(KerasFileError) {
        try rename(Keras1Keys.renamed)
        for row in Keras1Keys.joined where row.classes.contains(className) { try join(row.old, row.new) }
        remove(Keras1Keys.removed)
        for (key, value) in config {
            guard let new = Keras1Values.translated(value, of: key, in: className) else {
                drop(key)
                continue
            }
            if new != value { set(key, to: new, .valueTranslated) }
        }
        if Keras1Classes.withoutDataFormat.contains(className), config["data_format"] == nil {
            set("data_format", to: .string(defaultDataFormat ?? Keras1Values.untoldDataFormat), .defaultFilled)
        }
    }

    private mutating func join(_ old: [String], _ new: String) throws(KerasFileError) {
        let values = old.compactMap { config[$0] }
        guard values.count == old.count else { return }
        guard config[new] == nil else { throw KerasFileError(.duplicateKey(new), path: path, key: old[0]) }
        for key in old { drop(key) }
        set(new, to: .array(values), .valueTranslated)
    }
}

extension ConfigurationReader {
    /// The order of axes that all layers have which tell theirs: that of the settings, as far as anyone can know. Recursion goes as
    /// deep as the JSON text, which the parser has bounded.
    static func commonDataFormat(in configuration: JSON) -> String? {
        var found: Set<String> = []
        collectOrderings(configuration, &found)
        guard found.count == 1, let ordering = found.first else { return nil }
        return Keras1Values.dataFormats[ordering]
    }

    private static func collectOrderings(_ json: JSON, _ found: inout Set<String>) {
        switch json {
        case .array(let elements): for element in elements { collectOrderings(element, &found) }
        case .object(let object):
            for (key, value) in object {
                if key == "dim_ordering", let ordering = value.stringValue { found.insert(ordering) }
                collectOrderings(value, &found)
            }
        default: break
        }
    }
}
