extension Tensor {
    /// Numbers of four bits, of which a byte holds two neighbours along an axis: the first in its lower half. Computed as it is read.
    ///
    /// - Parameters:
    ///   - length: how many there are along the axis; the last byte may hold one only.
    ///   - axis: of a tensor of two: 0 or 1.
    /// - Returns: a tensor of the same type of bytes. Signed ones are in two's complement.
    /// - Throws: `.weightShape` when there are not as many bytes as that takes, `.wrongType` for other elements.
    package func unpacked(length: Int, axis: Int) throws(KerasFileError) -> Tensor {
        guard elementType == .int8 || elementType == .uint8 else { throw KerasFileError(.wrongType(expected: .integers, found: .numbers)) }
        var expected = shape
        guard shape.count == 2, length >= 0, shape[axis] == length / 2 + length % 2 else {
            if shape.count == 2 { expected[axis] = length / 2 + length % 2 }
            throw KerasFileError(.weightShape(expected: expected, found: shape))
        }
        var result = shape
        result[axis] = length
        guard let size = Self.byteCount(of: elementType, shape: result), size > 0 else {
            return try Tensor(elementType: elementType, shape: result, bytes: [])
        }
        let (tensor, columns, packedColumns, isSigned) = (self, result[1], shape[1], elementType == .int8)
        let computed = ByteSource(size: UInt64(size)) { offset, target throws(KerasFileError) in
            let rows = Int(offset) / columns..<(Int(offset) + target.byteCount - 1) / columns + 1
            let packedRows = axis == 0 ? rows.lowerBound / 2..<(rows.upperBound + 1) / 2 : rows
            var packed = [UInt8](repeating: 0, count: packedRows.count * packedColumns)
            var elements = packed.mutableSpan
            var bytes = elements.mutableBytes
            try tensor.read(bytes: packedRows.lowerBound * packedColumns..<packedRows.upperBound * packedColumns, into: &bytes)
            for index in 0..<target.byteCount {
                let place = Int(offset) + index
                let (row, column) = (place / columns, place % columns)
                let (number, half) = axis == 0 ? (row, row / 2 * packedColumns + column) : (column, row * packedColumns + column / 2)
                let byte = packed[half - packedRows.lowerBound * packedColumns]
                let nibble = number % 2 == 0 ? byte & 0x0F : byte >> 4
                target.storeBytes(of: isSigned ? (nibble ^ 8) &- 8 : nibble, toByteOffset: index, as: UInt8.self)
            }
        }
        return try Tensor(elementType: elementType, shape: result, source: computed, offset: 0, byteCount: size)
    }
}
