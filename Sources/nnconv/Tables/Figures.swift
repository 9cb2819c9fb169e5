import NNInference

/// How numbers are written for people.
enum Figures {
    /// `1,234,567`
    static func grouped(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// `268 bytes`, `14.2 MB`: three digits, decimal units.
    static func bytes(_ count: some BinaryInteger) -> String {
        if count == 1 { return "1 byte" }
        if count < 1_000 { return "\(count) bytes" }
        return scaled(Double(count), ["kB", "MB", "GB", "TB", "PB", "EB"])
    }

    /// `56`, `1.23 million`
    static func large(_ count: some BinaryInteger) -> String {
        count < 1_000_000 ? grouped(count) : scaled(Double(count) / 1_000, ["million", "billion", "trillion", "quadrillion", "quintillion"])
    }

    private static func scaled(_ number: Double, _ units: [String]) -> String {
        var number = number / 1_000
        var unit = 0
        while number >= 999.5, unit + 1 < units.count {
            number /= 1_000
            unit += 1
        }
        return fixed(number, number < 9.995 ? 2 : number < 99.95 ? 1 : 0) + " " + units[unit]
    }

    /// With this many digits after the point.
    static func fixed(_ number: Double, _ places: Int) -> String {
        guard number.isFinite, number.magnitude < 1e15 else { return "\(number)" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (number.magnitude * scale).rounded()
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + String(Int(scaled)) }
        let whole = Int(scaled) / Int(scale)
        let rest = String(Int(scaled) % Int(scale))
        return sign + "\(whole)." + String(repeating: "0", count: places - rest.count) + rest
    }

    /// `1.3e-07`, rounded up; `0`
    static func scientific(_ number: Double) -> String {
        guard number > 0, number.isFinite else { return number == 0 ? "0" : "\(number)" }
        var (exponent, power) = (0, 1.0)
        while number / power >= 10 { (exponent, power) = (exponent + 1, power * 10) }
        while number / power < 1, exponent > -320 { (exponent, power) = (exponent - 1, power / 10) }
        // A little below, so that the rounding of the division does not add a tenth.
        var tenths = Int((number / power * 10 - 1e-9).rounded(.up))
        if tenths >= 100 { (tenths, exponent) = (10, exponent + 1) }
        let digits = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return "\(tenths / 10).\(tenths % 10)e\(exponent < 0 ? "-" : "+")\(digits)"
    }

    /// As Keras writes it: `(None, 8)`.
    static func shape(_ shape: Shape) -> String { self.shape(shape.dimensions) }

    static func shape(_ dimensions: [Int]) -> String {
        let texts = dimensions.map { $0 == Shape.unknown ? "None" : String($0) }
        return "(" + texts.joined(separator: ", ") + (texts.count == 1 ? ",)" : ")")
    }

    /// `2.5 s`, `310 ms`, `0.41 us`
    static func duration(_ duration: Duration) -> String {
        let microseconds = duration.microseconds
        return switch microseconds {
        case ..<1_000: fixed(microseconds, microseconds < 10 ? 2 : 1) + " us"
        case ..<1_000_000: fixed(microseconds / 1_000, microseconds < 10_000 ? 2 : 1) + " ms"
        default: fixed(microseconds / 1_000_000, 2) + " s"
        }
    }
}

extension Duration {
    var microseconds: Double { Double(components.seconds) * 1e6 + Double(components.attoseconds) * 1e-12 }
    var milliseconds: Double { microseconds / 1_000 }
    var seconds: Double { microseconds / 1_000_000 }
}

extension Figures {
    /// `1 tensor`, `4 tensors`
    static func counted(_ count: Int, _ noun: String) -> String { grouped(count) + " " + noun + (count == 1 ? "" : "s") }
}
