extension Tensor {
    /// This tensor plus `factor` times the product of two matrices, with which an adapter (LoRA) stands for a larger one: `first` has the shape
    /// of this tensor but for its last axis, along which `second` goes on. Sums are made in double precision and rounded once.
    ///
    /// - Throws: `.weightShape` when the shapes are others, `.wrongType` for anything but `Float`.
    package func adding(_ factor: Double, times first: Tensor, _ second: Tensor) throws(KerasFileError) -> Tensor {
        guard let rank = second.shape.first, let columns = shape.last, first.shape == Array(shape.dropLast()) + [rank], second.shape == [rank, columns] else {
            throw KerasFileError(.weightShape(expected: Array(shape.dropLast()) + [second.shape.first ?? 0], found: first.shape))
        }
        guard elementType == .float32, first.elementType == .float32, second.elementType == .float32 else {
            throw KerasFileError(.wrongType(expected: .numbers, found: .integers))
        }
        let tensor = self
        return try Tensor.computed(elementType, shape) { range throws(KerasFileError) in
            guard !range.isEmpty else { return [] }
            var bytes = try tensor.bytes(ofElements: range)
            let right = try second.floats()
            let rows = range.lowerBound / columns..<(range.upperBound - 1) / columns + 1
            let left = try first.bytes(ofElements: rows.lowerBound * rank..<rows.upperBound * rank)
            for index in range {
                let (row, column) = index.quotientAndRemainder(dividingBy: columns)
                var sum = 0.0
                for place in 0..<rank {
                    sum += Double(Self.float(left, (row - rows.lowerBound) * rank + place)) * Double(right[place * columns + column])
                }
                let place = index - range.lowerBound
                let bits = Float(Double(Self.float(bytes, place)) + factor * sum).bitPattern
                for byte in 0..<4 { bytes[4 * place + byte] = UInt8(truncatingIfNeeded: bits >> (8 * UInt32(byte))) }
            }
            return bytes
        }
    }

    private static func float(_ bytes: [UInt8], _ index: Int) -> Float {
        var bits: UInt32 = 0
        for byte in (0..<4).reversed() { bits = bits << 8 | UInt32(bytes[4 * index + byte]) }
        return Float(bitPattern: bits)
    }

    /// A tensor of zeros; takes no memory.
    package static func zeros(_ elementType: ElementType, _ shape: [Int]) throws(KerasFileError) -> Tensor {
        try computed(elementType, shape) { [UInt8](repeating: 0, count: $0.count * elementType.size) }
    }
}
