import KerasFiles

/// Which releases of Keras have a layer class, or a key of it.
package enum LayerReleases {
    package enum Release: String, Sendable, CaseIterable {
        /// tf.keras 2.4 to 2.15.
        case keras2 = "2"
        case keras30 = "3.0"
        case keras3 = "3.15"
    }

    /// - Parameter key: by its Keras 3 name; nil asks about the class.
    package static func having(_ key: String? = nil, of className: String) -> [Release] {
        Release.allCases.filter { release in
            switch release {
            case .keras2:
                Keras2Layers.keys(of: className).map { keys in key.map { keys.contains(formerName(of: $0, className, keys) ?? $0) } ?? true } ?? false
            case .keras30: has(key, className) && Keras30Layers.hasClass(className) && key.map { Keras30Layers.hasKey($0, of: className) } ?? true
            case .keras3: has(key, className)
            }
        }
    }

    /// What Keras 2 calls a key, where that is another name.
    package static func formerName(of key: String, of className: String) -> String? {
        Keras2Layers.keys(of: className).flatMap { formerName(of: key, className, $0) }
    }

    private static func has(_ key: String?, _ className: String) -> Bool {
        Keras3Layers.keys(of: className).map { keys in key.map { keys.contains($0) } ?? true } ?? false
    }

    private static func formerName(of key: String, _ className: String, _ keys: Set<String>) -> String? {
        guard !keys.contains(key) else { return nil }
        return RenamedKey.table.first { $0.new == key && $0.classes.contains(className) && keys.contains($0.old) }?.old
    }
}
