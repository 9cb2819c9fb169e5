extension Tensor {
    /// Numbers in single precision, in memory.
    package init(floats: [Float], shape: [Int]) throws(KerasFileError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(floats.count * 4)
        for value in floats {
            for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * place))) }
        }
        try self.init(elementType: .float32, shape: shape, bytes: bytes)
    }
}
