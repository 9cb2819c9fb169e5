/// What layers may be called.
///
/// Facts: Keras 3.15.1; tf_keras 2.21 and TensorFlow 2.4, which make scopes of a graph out of them.
enum LayerNames {
    /// The name, with `_` for every character that the dialect does not take.
    static func valid(_ name: String, in dialect: KerasDialect) -> String {
        guard dialect == .keras2 else { return String(name.map { $0 == "/" ? "_" : $0 }) }
        let valid = String(String.UnicodeScalarView(name.unicodeScalars.map { isScopeCharacter($0) ? $0 : "_" }))
        return valid.first == "_" || valid.first == "-" || valid.first == "/" || valid.first == ">" ? "layer" + valid : valid
    }

    private static func isScopeCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", ".", "_", "-", "/", ">": true
        default: false
        }
    }
}
