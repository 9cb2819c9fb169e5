/// Reads decimal numbers, correctly rounded, as people, spreadsheets and numpy write them: `1`, `-0.5`, `.5`, `1e-7`, `nan`, `Infinity`.
/// Hexadecimal numbers, digit separators and decimal commas are none.
enum NumberText {
    enum Result: Equatable {
        case number(Double)
        case tooLarge
        case notANumber
    }

    static func read(_ text: ArraySlice<UInt8>) -> Result {
        var rest = text
        let sign = rest.first
        let isNegative = sign == UInt8(ascii: "-")
        if isNegative || sign == UInt8(ascii: "+") { rest.removeFirst() }

        var digits = 0
        var mantissa: UInt64 = 0
        var scale = 0
        var seenPoint = false
        var position = rest.startIndex
        while position < rest.endIndex {
            let byte = rest[position]
            if byte == UInt8(ascii: ".") {
                guard !seenPoint else { return .notANumber }
                seenPoint = true
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                digits += 1
                // Past 19 digits the mantissa is not used.
                if digits <= 19 { mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0")) }
                if seenPoint { scale -= 1 }
            } else {
                break
            }
            position += 1
        }
        guard digits > 0 else { return named(rest, isNegative) }
        if position < rest.endIndex {
            guard rest[position] | 0x20 == UInt8(ascii: "e"), let exponent = exponent(rest[(position + 1)...]) else { return .notANumber }
            scale += exponent
        }

        // Exact numbers and one rounding: what the general method gives, too.
        if digits <= 15, scale.magnitude < powersOfTen.count {
            let power = powersOfTen[Int(scale.magnitude)]
            let value = scale < 0 ? Double(mantissa) / power : Double(mantissa) * power
            return .number(isNegative ? -value : value)
        }
        guard let value = Double(String(decoding: text, as: UTF8.self)) else { return .notANumber }
        return value.isInfinite ? .tooLarge : .number(value)
    }

    /// An optional sign and digits. Exponents beyond every Double are as good as infinite.
    private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard !rest.isEmpty, rest.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        let value = rest.reduce(0) { min(1_000_000, $0 * 10 + Int($1 - UInt8(ascii: "0"))) }
        return isNegative ? -value : value
    }

    private static func named(_ text: ArraySlice<UInt8>, _ isNegative: Bool) -> Result {
        switch String(decoding: text.prefix(9), as: UTF8.self).lowercased() {
        case "nan": .number(.nan)
        case "inf", "infinity": .number(isNegative ? -.infinity : .infinity)
        default: .notANumber
        }
    }

    /// 10^0 to 10^22, all exact.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}
