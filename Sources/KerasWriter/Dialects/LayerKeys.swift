/// How tables of the keys of layer classes are written.
enum LayerKeys {
    /// Classes and their keys, separated by blanks; `kernel*` stands for the initializer, the regularizer and the constraint of `kernel`.
    typealias Row = (classes: String, keys: String)

    static func table(_ rows: [Row], everyLayer: Set<String>) -> [String: Set<String>] {
        var table: [String: Set<String>] = [:]
        for (classes, keys) in rows {
            let keys = keys.split(separator: " ").flatMap { key -> [String] in
                guard key.hasSuffix("*") else { return [String(key)] }
                return ["initializer", "regularizer", "constraint"].map { key.dropLast() + "_" + $0 }
            }
            for name in classes.split(separator: " ") { table[String(name)] = everyLayer.union(keys) }
        }
        return table
    }
}
