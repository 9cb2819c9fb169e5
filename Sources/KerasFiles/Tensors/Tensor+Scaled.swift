extension Tensor {
    /// The tensor with a part of its columns times `factor`, computed as it is read.
    ///
    /// - Parameter parts: the last axis in equal parts, and which of them are scaled: `[true, true, false, true]` for all gates of an
    ///   LSTM but its candidate.
    /// - Throws: `.wrongType` when the elements are no floating-point numbers, `.weightShape` when the last axis has no such parts.
    package func scaled(by factor: Double, parts: [Bool]) throws(KerasFileError) -> Tensor {
        guard let arithmetic = ScaledElement(elementType, factor: factor) else {
            throw KerasFileError(.wrongType(expected: .numbers, found: .integers))
        }
        guard let columns = shape.last, columns % parts.count == 0 else {
            throw KerasFileError(.weightShape(expected: [parts.count], found: shape))
        }
        guard count > 0 else { return self }
        let width = columns / parts.count
        let size = elementType.size
        let tensor = self
        return try Tensor.computed(elementType, shape) { range throws(KerasFileError) in
            var bytes = try tensor.bytes(ofElements: range)
            for index in range where parts[index % columns / width] {
                arithmetic.scale(&bytes, at: (index - range.lowerBound) * size)
            }
            return bytes
        }
    }
}

/// Multiplies one element where it is stored. The product is rounded once, to the element's type.
private struct ScaledElement {
    private let type: ElementType
    private let factor: Double

    init?(_ type: ElementType, factor: Double) {
        guard type.isFloat else { return nil }
        self.type = type
        self.factor = factor
    }

    func scale(_ bytes: inout [UInt8], at place: Int) {
        var bits: UInt64 = 0
        for index in (0..<type.size).reversed() { bits = bits << 8 | UInt64(bytes[place + index]) }
        let result: UInt64 =
            switch type {
            case .float64: (Double(bitPattern: bits) * factor).bitPattern
            case .float32: UInt64(Float(Double(Float(bitPattern: UInt32(bits))) * factor).bitPattern)
            case .float16: UInt64((Double(Float(halfBits: UInt16(bits))) * factor).halfBits)
            default: UInt64((Double(Float(bitPattern: UInt32(bits) << 16)) * factor).brainBits)
            }
        for index in 0..<type.size { bytes[place + index] = UInt8(truncatingIfNeeded: result >> (8 * UInt64(index))) }
    }
}

extension Double {
    /// The nearest IEEE 754 binary16, ties to even.
    var halfBits: UInt16 {
        let sign: UInt16 = self.sign == .minus ? 0x8000 : 0
        if isNaN { return sign | 0x7E00 }
        // From here on numbers round to infinity: halfway between the largest and what would come next.
        if magnitude >= 65520 { return sign | 0x7C00 }
        if magnitude < 0x1p-14 {
            // Subnormal: whole multiples of 2^-24. (1024 of them are the smallest normal number, with the bits to match.)
            return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
        }
        // Whole multiples of the last place; rounding up to the next power of two carries into the exponent.
        let power = Int(exponent)
        let steps = UInt32((magnitude * Double(sign: .plus, exponent: 10 - power, significand: 1)).rounded(.toNearestOrEven))
        return sign | UInt16(UInt32(power + 14) << 10 + steps)
    }

    /// The nearest bfloat16, ties to even.
    var brainBits: UInt16 {
        if isNaN { return 0x7FC0 }
        if magnitude < 0x1p-126 {
            let sign: UInt16 = self.sign == .minus ? 0x8000 : 0
            return sign | UInt16((magnitude * 0x1p133).rounded(.toNearestOrEven))
        }
        if magnitude.isInfinite { return self < 0 ? 0xFF80 : 0x7F80 }
        let power = Int(exponent)
        let steps = UInt32((magnitude * Double(sign: .plus, exponent: 7 - power, significand: 1)).rounded(.toNearestOrEven))
        let bits = UInt32(power + 126) << 7 + steps
        return (self.sign == .minus ? 0x8000 : 0) | UInt16(min(bits, 0x7F80))
    }
}
