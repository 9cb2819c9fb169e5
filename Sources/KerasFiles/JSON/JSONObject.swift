/// The members of a JSON object in their order. Looking up a key takes constant time; removing one takes time in proportion to
/// the number of keys.
public struct JSONObject: Sendable {
    public private(set) var keys: [String] = []
    public private(set) var values: [JSON] = []
    /// Position of every key; empty while there are so few that looking at all of them is faster.
    private var places: [ExactText: Int] = [:]

    private static let indexedFrom = 16

    public init() {}

    /// Of a key that occurs twice the last value counts, at the place of the first.
    public init(_ members: some Sequence<(key: String, value: JSON)>) {
        for (key, value) in members { self[key] = value }
    }

    /// The value for `key`. Setting a value keeps the place of a key that is there and appends one that is not; setting nil removes it.
    public subscript(key: String) -> JSON? {
        get { place(of: key).map { values[$0] } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): values[place] = value
            case (nil, let value?): append(key, value)
            case (_, nil): removeValue(forKey: key)
            }
        }
    }

    public subscript(key: String, default fallback: JSON) -> JSON { self[key] ?? fallback }

    public func contains(key: String) -> Bool { place(of: key) != nil }

    /// Removes a key and returns its value, or nil when it is not there.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSON? {
        guard let place = place(of: key) else { return nil }
        keys.remove(at: place)
        defer { index() }
        return values.remove(at: place)
    }

    /// Gives the member `old` the key `new`, at the same place. Returns false, and changes nothing, when `old` is not there or `new` is.
    @discardableResult
    public mutating func rename(_ old: String, to new: String) -> Bool {
        guard let place = place(of: old) else { return false }
        guard !old.hasSameBytes(as: new) else { return true }
        guard !contains(key: new) else { return false }
        keys[place] = new
        index()
        return true
    }

    /// Appends a member unless its key is there already.
    mutating func appendNew(_ key: String, _ value: JSON) -> Bool {
        guard place(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    private mutating func append(_ key: String, _ value: JSON) {
        keys.append(key)
        values.append(value)
        if !places.isEmpty {
            places[ExactText(key)] = keys.count - 1
        } else if keys.count >= Self.indexedFrom {
            index()
        }
    }

    private func place(of key: String) -> Int? {
        places.isEmpty ? keys.firstIndex { $0.hasSameBytes(as: key) } : places[ExactText(key)]
    }

    private mutating func index() {
        places.removeAll()
        guard keys.count >= Self.indexedFrom else { return }
        for (place, key) in keys.enumerated() { places[ExactText(key)] = place }
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { keys.count }
    public subscript(position: Int) -> (key: String, value: JSON) { (keys[position], values[position]) }
}

extension JSONObject: Equatable {
    /// Order counts.
    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.count == b.count && zip(a.keys, b.keys).allSatisfy { $0.hasSameBytes(as: $1) } && a.values == b.values
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements.map { (key: $0, value: $1) })
    }
}
