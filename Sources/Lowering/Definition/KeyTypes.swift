import KerasFiles
import NNInference

extension KeyType where Value == Bool {
    static let boolean = KeyType(.boolean) { value, place throws(Refusal) in
        guard let value = value.boolValue else { throw place.refusal(.wrongType(expected: .boolean)) }
        return value
    }
}

extension KeyType where Value == Int {
    static func integer(from minimum: Int) -> KeyType {
        KeyType(.integer(minimum: minimum)) { value, place throws(Refusal) in
            try boundedInteger(value, from: minimum) { place.refusal(.wrongType(expected: .integer(minimum: minimum))) }
        }
    }
}

extension KeyType where Value == Float {
    static let number = KeyType(.number) { value, place throws(Refusal) in
        guard let number = value.doubleValue else { throw place.refusal(.wrongType(expected: .number)) }
        return Float(number)
    }
}

extension KeyType {
    /// One of these strings.
    static func oneOf(_ meanings: KeyValuePairs<String, Value>) -> KeyType where Value: Sendable {
        let allowed = meanings.map { JSON.string($0.key) }
        let table = Dictionary(uniqueKeysWithValues: meanings.map { ($0.key, $0.value) })
        return KeyType(.choice(allowed)) { value, place throws(Refusal) in
            guard let text = value.stringValue else { throw place.refusal(.wrongType(expected: .choice(allowed))) }
            guard let meaning = table[text] else { throw place.refusal(.unsupportedValue(allowed: allowed)) }
            return meaning
        }
    }
}

extension KeyType {
    /// `null`, or what `wrapped` takes.
    static func optional<Wrapped>(_ wrapped: KeyType<Wrapped>) -> KeyType where Value == Wrapped? {
        KeyType(.optional(wrapped.kind)) { value, place throws(Refusal) in
            value.isNull ? nil : try wrapped.parse(value, place)
        }
    }
}

extension KeyType where Value == [Int] {
    /// One number for all of `count` axes, or one each.
    static func tuple(_ count: Int, from minimum: Int = 1) -> KeyType {
        let kind = ValueKind.tuple(count: count, minimum: minimum)
        return KeyType(kind) { value, place throws(Refusal) in
            let wrongType = { place.refusal(.wrongType(expected: kind)) }
            guard let list = value.arrayValue else {
                return Array(repeating: try boundedInteger(value, from: minimum, orElse: wrongType), count: count)
            }
            guard list.count == count else { throw wrongType() }
            var numbers: [Int] = []
            for element in list { numbers.append(try boundedInteger(element, from: minimum, orElse: wrongType)) }
            return numbers
        }
    }

    /// A list of whole numbers from `minimum` on.
    static func integers(_ kind: ValueKind, from minimum: Int) -> KeyType {
        KeyType(kind) { value, place throws(Refusal) in
            let wrongType = { place.refusal(.wrongType(expected: kind)) }
            guard let list = value.arrayValue else { throw wrongType() }
            var numbers: [Int] = []
            for element in list { numbers.append(try boundedInteger(element, from: minimum, orElse: wrongType)) }
            return numbers
        }
    }

    /// The number of an axis, or a list of them; as they are written.
    static let axes = KeyType(.axes) { value, place throws(Refusal) in
        let wrongType = { place.refusal(.wrongType(expected: .axes)) }
        var numbers: [Int] = []
        for element in value.arrayValue ?? [value] {
            numbers.append(try boundedInteger(element, from: -Shape.maximumRank, orElse: wrongType))
        }
        return numbers
    }
}

/// What is added or removed at both ends of an axis.
struct Ends: Equatable, Sendable {
    var before: Int
    var after: Int
}

extension KeyType where Value == [Ends] {
    /// For each of `count` axes both ends: `[[1, 2], [0, 1]]`; or for each axis one number for both ends; or one number for all.
    /// With one axis, `[1, 2]` are its two ends.
    static func pairs(_ count: Int) -> KeyType {
        let kind = ValueKind.pairs(count: count)
        return KeyType(kind) { value, place throws(Refusal) in
            let wrongType = { place.refusal(.wrongType(expected: kind)) }
            func ends(_ value: JSON) throws(Refusal) -> Ends {
                guard let list = value.arrayValue else {
                    let number = try boundedInteger(value, from: 0, orElse: wrongType)
                    return Ends(before: number, after: number)
                }
                guard list.count == 2 else { throw wrongType() }
                return Ends(
                    before: try boundedInteger(list[0], from: 0, orElse: wrongType),
                    after: try boundedInteger(list[1], from: 0, orElse: wrongType))
            }
            guard let list = value.arrayValue, count > 1 else { return Array(repeating: try ends(value), count: count) }
            guard list.count == count else { throw wrongType() }
            var result: [Ends] = []
            for element in list { result.append(try ends(element)) }
            return result
        }
    }
}

/// A whole number that fits an operation's record.
private func boundedInteger(_ value: JSON, from minimum: Int, orElse refusal: () -> Refusal) throws(Refusal) -> Int {
    guard let number = value.intValue, number >= minimum, number <= Int(Int32.max) else { throw refusal() }
    return number
}
