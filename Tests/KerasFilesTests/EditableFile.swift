/// The bytes of a file to be broken in a chosen place.
struct EditableFile: Sendable {
    var bytes: [UInt8]

    /// Where the `occurrence`-th run of bytes equal to `pattern` begins.
    func place(of pattern: [UInt8], occurrence: Int = 0, from start: Int = 0) -> Int {
        var found = 0
        var index = start
        while index + pattern.count <= bytes.count {
            if bytes[index..<index + pattern.count].elementsEqual(pattern) {
                if found == occurrence { return index }
                found += 1
            }
            index += 1
        }
        preconditionFailure("no such bytes in the fixture")
    }

    func place(of signature: String, occurrence: Int = 0) -> Int {
        place(of: Array(signature.utf8), occurrence: occurrence)
    }

    /// Where the number `value` is stored in eight bytes.
    func place(of value: UInt64) -> Int { place(of: Self.littleEndian(value)) }

    mutating func put<T: FixedWidthInteger>(_ value: T, at place: Int) {
        bytes.replaceSubrange(place..<place + T.bitWidth / 8, with: Self.littleEndian(value))
    }

    func get<T: FixedWidthInteger>(_ type: T.Type, at place: Int) -> T {
        (0..<T.bitWidth / 8).reversed().reduce(0) { $0 << 8 | T(truncatingIfNeeded: bytes[place + $1]) }
    }

    static func littleEndian<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
