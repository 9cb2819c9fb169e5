/// One variable that layers of a class have.
package struct LayerVariable: Sendable {
    /// Its name in Keras 3, made unique within the layer: `kernel`, `query_kernel`.
    package let role: String
    /// False for what training leaves to other rules: moving means, counters.
    package let isTrainable: Bool
    /// What must all hold of the layer's configuration for the variable to exist.
    let conditions: [Condition]
    /// The names that the releases of Keras have stored it under: the last component of the path, without `:0`. The end of the name, if it
    /// begins with an underscore (Keras 1).
    let storedNames: [String]
    /// Whether it is stored in legacy HDF5 alone.
    package let isOnlyInLegacy: Bool
    /// Whether files of Keras 3 may lack it.
    let isOmittable: Bool

    /// A condition on a configuration in Keras 3 form. A missing key has the value after `default`.
    enum Condition: Sendable {
        case on(String, default: Bool)
        case off(String, default: Bool)
        case either(String, default: Bool, or: String, orDefault: Bool)
        /// The key has a value other than null.
        case given(String)
        case notGiven(String)
        case text(String, String)
        case otherText(String, String)
    }

    init(
        _ role: String, if conditions: Condition..., trainable: Bool = true, stored names: [String]? = nil, onlyInLegacy: Bool = false,
        isOmittable: Bool = false
    ) {
        isOnlyInLegacy = onlyInLegacy
        self.isOmittable = isOmittable
        self.role = role
        self.conditions = conditions
        isTrainable = trainable
        storedNames = names ?? [role]
    }

    /// What legacy HDF5 calls it, relative to the layer: `kernel`; `query/kernel` where several variables of a layer have the same name.
    package var legacyName: String {
        guard let name = storedNames.first, !storedNames.contains(role), role.hasSuffix("_" + name) else { return role }
        return role.dropLast(name.count + 1) + "/" + name
    }

    /// Whether a layer with this configuration has the variable.
    func isPresent(in config: JSONObject) -> Bool { conditions.allSatisfy { $0.holds(in: config) } }

    /// Whether a weight stored under `name`, a path, may be this variable. Releases differ in what stands before the last `/`, and
    /// TensorFlow numbers names that it meets again (`kernel_1:0`). Names without meaning (`param_0`) contradict nothing.
    func accepts(storedName name: String) -> Bool {
        let last = Self.lastComponent(of: name)
        if last.hasPrefix("param_") { return true }
        let bare = Self.withoutNumber(last)
        return storedNames.contains { $0.hasPrefix("_") ? last.hasSuffix($0) || bare.hasSuffix($0) : $0 == last || $0 == bare }
    }

    /// `dense/kernel:0` → `kernel`
    static func lastComponent(of name: String) -> Substring {
        let component = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let colon = component.lastIndex(of: ":"), isNumber(component[component.index(after: colon)...]) else { return component }
        return component[..<colon]
    }

    /// `kernel_1` → `kernel`
    private static func withoutNumber(_ name: Substring) -> Substring {
        guard let mark = name.lastIndex(of: "_"), isNumber(name[name.index(after: mark)...]) else { return name }
        return name[..<mark]
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension LayerVariable.Condition {
    func holds(in config: JSONObject) -> Bool {
        switch self {
        case .on(let key, let fallback): config[key]?.boolValue ?? fallback
        case .off(let key, let fallback): !(config[key]?.boolValue ?? fallback)
        case .either(let a, let fallbackA, let b, let fallbackB): config[a]?.boolValue ?? fallbackA || config[b]?.boolValue ?? fallbackB
        case .given(let key): !(config[key] ?? .null).isNull
        case .notGiven(let key): (config[key] ?? .null).isNull
        case .text(let key, let text): config[key]?.stringValue == text
        case .otherText(let key, let text): config[key]?.stringValue != text
        }
    }
}
