extension Double {
    /// The number as Python's `json` writes it: the shortest digits that read back the same, with an exponent below 1e-4 and from 1e16.
    var pythonText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
        let sign = self.sign == .minus ? "-" : ""
        if self == 0 { return sign + "0.0" }

        let (digits, point) = magnitude.shortestDigits
        let count = digits.count
        func text(_ digits: some Sequence<UInt8>) -> String { String(decoding: Array(digits), as: UTF8.self) }
        func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

        switch point {
        case -3...0: return sign + "0." + zeros(-point) + text(digits)
        case 1...16 where point >= count: return sign + text(digits) + zeros(point - count) + ".0"
        case 1...16: return sign + text(digits[..<point]) + "." + text(digits[point...])
        default:
            let exponent = point - 1
            let size = String(exponent.magnitude)
            let mantissa = text(digits[..<1]) + (count > 1 ? "." + text(digits[1...]) : "")
            return sign + mantissa + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
        }
    }

    /// The significant digits d1 d2 ... (no zeros at either end) and the exponent e in 0.d1d2... * 10^e, of a positive finite number.
    private var shortestDigits: (digits: [UInt8], point: Int) {
        // Swift prints the shortest digits too, but puts the exponent elsewhere.
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        let text = Array(description.utf8)
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            } else {
                digits.append(byte)
            }
        }
        var place = (point ?? digits.count) + exponent
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        place -= leading
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, place)
    }
}
