import KerasFiles

extension Tensor {
    /// A tensor of the same elements in other places, computed as it is read: element `index` is element `place(index)` of this one.
    func gathered(_ place: @escaping @Sendable (Int) -> Int) throws(KerasFileError) -> Tensor {
        let tensor = self
        let size = elementType.size
        let computed = ByteSource(size: UInt64(byteCount)) { offset, target throws(KerasFileError) in
            let bytes = try tensor.bytes()
            for index in 0..<target.byteCount {
                let (element, byte) = (Int(offset) + index).quotientAndRemainder(dividingBy: size)
                target.storeBytes(of: bytes[place(element) * size + byte], toByteOffset: index, as: UInt8.self)
            }
        }
        return try Tensor(elementType: elementType, shape: shape, source: computed, offset: 0, byteCount: byteCount)
    }

    /// The two halves of a vector of `Float`, added.
    func halvesAdded() throws(KerasFileError) -> Tensor {
        guard elementType == .float32, shape.count == 1, count % 2 == 0 else { throw KerasFileError(.weightShape(expected: [2], found: shape)) }
        let numbers = try doubles()
        let half = count / 2
        var bytes: [UInt8] = []
        for index in 0..<half {
            let bits = (Float(numbers[index]) + Float(numbers[half + index])).bitPattern
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
        return try Tensor(elementType: elementType, shape: [half], bytes: bytes)
    }

    /// The same elements in another shape.
    func reshaped(_ shape: [Int]) throws(KerasFileError) -> Tensor {
        try Tensor(elementType: elementType, shape: shape, source: source, offset: offset, byteCount: byteCount)
    }
}
