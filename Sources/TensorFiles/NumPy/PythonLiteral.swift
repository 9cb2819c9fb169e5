/// Reads the few Python literals of which the header of an `.npy` file consists. Nothing is evaluated.
struct PythonLiteral {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipSpaces() {
        while next == UInt8(ascii: " ") { position += 1 }
    }

    /// Passes over `text` and the spaces before it, if it comes next.
    mutating func take(_ text: StaticString) -> Bool {
        skipSpaces()
        let count = text.utf8CodeUnitCount
        guard count <= bytes.count - position else { return false }
        let same = text.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + count]) }
        if same { position += count }
        return same
    }

    /// `'text'` or `"text"` in printable ASCII, without escapes.
    mutating func string() -> String? {
        skipSpaces()
        guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
        guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
        let text = bytes[position + 1..<end]
        guard text.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
        position = end + 1
        return String(decoding: text, as: UTF8.self)
    }

    mutating func bool() -> Bool? {
        take("True") ? true : take("False") ? false : nil
    }

    /// Decimal digits that fit an Int, with the `L` that Python 2 put behind them.
    mutating func integer() -> Int? {
        skipSpaces()
        let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        position += digits.count
        if next == UInt8(ascii: "L") { position += 1 }
        return value
    }

    /// `()`, `(3,)` or `(3, 4)`. More than `limit` integers are none.
    mutating func integers(limit: Int) -> [Int]? {
        guard take("(") else { return nil }
        var values: [Int] = []
        while !take(")") {
            guard values.count < limit, let value = integer() else { return nil }
            values.append(value)
            if take(",") { continue }
            // `(3)` is a number in Python, not a tuple.
            guard values.count > 1, take(")") else { return nil }
            break
        }
        return values
    }
}
