extension Tensor {
    /// The tensor as whole numbers, made as they are read: element / scale of its column, rounded to nearest, ties to even, from -127 to 127.
    ///
    /// - Parameter scales: one for each column of the last axis, none zero.
    /// - Throws: `.wrongType` when the elements are not `float32`, `.weightShape` when there are not as many scales as columns.
    package func quantized(_ scales: [Float]) throws(KerasFileError) -> Tensor {
        guard elementType == .float32 else {
            throw KerasFileError(.wrongType(expected: .numbers, found: elementType.isFloat ? .numbers : .integers))
        }
        guard shape.last == scales.count else { throw KerasFileError(.weightShape(expected: [scales.count], found: shape)) }
        let tensor = self
        return try Tensor.computed(.int8, shape) { range throws(KerasFileError) in
            let stored = try tensor.bytes(ofElements: range)
            var bytes = [UInt8](repeating: 0, count: range.count)
            for index in 0..<range.count {
                var bits: UInt32 = 0
                for byte in (0..<4).reversed() { bits = bits << 8 | UInt32(stored[4 * index + byte]) }
                let number = (Float(bitPattern: bits) / scales[(range.lowerBound + index) % scales.count]).rounded(.toNearestOrEven)
                bytes[index] = UInt8(bitPattern: Int8(min(max(number, -127), 127)))
            }
            return bytes
        }
    }
}
