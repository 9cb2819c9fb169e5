import KerasFiles

/// A key under which two configurations say different things.
public struct ValueDifference: Sendable, Equatable {
    /// Keys from the outside in, joined by points: `kernel_initializer.config.seed`.
    public var key: String
    /// What the first says; nil when it says nothing.
    public var first: JSON?
    public var second: JSON?

    public init(key: String, first: JSON?, second: JSON?) {
        self.key = key
        self.first = first
        self.second = second
    }
}

extension ValueDifference {
    /// Compares two configurations key by key; their order does not count, null says as much as nothing, and `1` is `1.0`.
    ///
    /// - Parameter absent: what a key means that is not there.
    static func all(_ first: JSONObject, _ second: JSONObject, absent: (String) -> JSON? = { _ in nil }) -> [ValueDifference] {
        var found: [ValueDifference] = []
        collect(first, second, under: "", absent, &found)
        return found
    }

    /// Recursion goes as deep as the JSON texts, which their parser has bounded.
    private static func collect(
        _ first: JSONObject, _ second: JSONObject, under prefix: String, _ absent: (String) -> JSON?, _ found: inout [ValueDifference]
    ) {
        for key in first.keys + second.keys.filter({ !first.contains(key: $0) }) {
            let (a, b) = (first[key] ?? absent(key) ?? .null, second[key] ?? absent(key) ?? .null)
            guard !a.saysTheSame(as: b) else { continue }
            if case .object(let a) = a, case .object(let b) = b, a["class_name"] == b["class_name"] {
                collect(a, b, under: prefix + key + ".", { _ in nil }, &found)
            } else {
                found.append(ValueDifference(key: prefix + key, first: first[key], second: second[key]))
            }
        }
    }
}

extension JSON {
    /// Whether two values mean the same to Python: the order of keys does not count, and `1` is `1.0`. A key whose value is null
    /// counts as one that is not there.
    fileprivate func saysTheSame(as other: JSON) -> Bool {
        switch (self, other) {
        case (.integer(let a), .float(let b)): Double(a) == b
        case (.float(let a), .integer(let b)): a == Double(b)
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.saysTheSame(as: $1) }
        case (.object(let a), .object(let b)):
            a.allSatisfy { $0.value.saysTheSame(as: b[$0.key] ?? .null) } && b.allSatisfy { a.contains(key: $0.key) || $0.value.isNull }
        default: self == other
        }
    }
}
