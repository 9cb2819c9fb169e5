extension Tensor {
    /// The tensor with every number rounded to nearest, ties to even, as it is read. Numbers beyond the type's largest become infinite.
    ///
    /// - Parameter type: `.float16` or `.bfloat16`.
    /// - Throws: `.wrongType` for other types, and when the elements are not `float32`.
    package func rounded(to type: ElementType) throws(KerasFileError) -> Tensor {
        guard elementType == .float32, type == .float16 || type == .bfloat16 else {
            throw KerasFileError(.wrongType(expected: .numbers, found: elementType.isFloat ? .numbers : .integers))
        }
        let tensor = self
        return try Tensor.computed(type, shape) { range throws(KerasFileError) in
            let stored = try tensor.bytes(ofElements: range)
            var bytes = [UInt8](repeating: 0, count: 2 * range.count)
            for index in 0..<range.count {
                var bits: UInt32 = 0
                for byte in (0..<4).reversed() { bits = bits << 8 | UInt32(stored[4 * index + byte]) }
                let number = Double(Float(bitPattern: bits))
                let half = type == .float16 ? number.halfBits : number.brainBits
                bytes[2 * index] = UInt8(truncatingIfNeeded: half)
                bytes[2 * index + 1] = UInt8(truncatingIfNeeded: half >> 8)
            }
            return bytes
        }
    }
}
