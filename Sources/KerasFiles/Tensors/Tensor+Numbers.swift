extension Tensor {
    /// All elements as single-precision numbers. `float16`, `bfloat16` and `float32` are exact; the others are rounded to nearest.
    /// Takes memory for the result and one block of the file.
    public func floats() throws(KerasFileError) -> [Float] {
        guard elementType != .float32 else { return try stored(0) }
        return try numbers { Float($0) } half: { $0 } double: { Float($0) } integer: { Float($0) } unsigned: { Float($0) }
    }

    /// All elements as double-precision numbers. Exact but for 64-bit integers beyond 2^53, which are rounded to nearest.
    public func doubles() throws(KerasFileError) -> [Double] {
        guard elementType != .float64 else { return try stored(0) }
        return try numbers { Double($0) } half: { Double($0) } double: { $0 } integer: { Double($0) } unsigned: { Double($0) }
    }

    /// All elements of an integer or boolean tensor; floats and integers that do not fit throw `.wrongType`.
    public func integers() throws(KerasFileError) -> [Int64] {
        guard !elementType.isFloat else { throw KerasFileError(.wrongType(expected: .integers, found: .numbers)) }
        let found = try numbers { _ in Int64?.none } half: { _ in nil } double: { _ in nil } integer: { $0 } unsigned: {
            Int64(exactly: $0)
        }
        var result: [Int64] = []
        result.reserveCapacity(found.count)
        for value in found {
            guard let value else { throw KerasFileError(.wrongType(expected: .integers, found: .numbers)) }
            result.append(value)
        }
        return result
    }

    /// The elements as they are stored, read to where they are wanted.
    private func stored<N: BitwiseCopyable>(_ zero: N) throws(KerasFileError) -> [N] {
        #if !_endian(little)
        #error("Tensors are stored little-endian and read without conversion.")
        #endif
        var result = [N](repeating: zero, count: count)
        var elements = result.mutableSpan
        var bytes = elements.mutableBytes
        try source.read(at: offset, into: &bytes)
        return result
    }

    /// Bytes that are read at a time; a multiple of every element size.
    private static let blockSize = 1 << 16

    private func numbers<N>(
        single: (Float) -> N, half: (Float) -> N, double: (Double) -> N, integer: (Int64) -> N, unsigned: (UInt64) -> N
    ) throws(KerasFileError) -> [N] {
        var result: [N] = []
        result.reserveCapacity(count)
        var done = 0
        while done < byteCount {
            let part = min(Self.blockSize, byteCount - done)
            let bytes = try source.read(at: offset + UInt64(done), count: part)
            let span = bytes.span
            var index = 0
            while index < part {
                switch elementType {
                case .float32: result.append(single(Float(bitPattern: span.littleEndian(at: index))))
                case .float64: result.append(double(Double(bitPattern: span.littleEndian(at: index))))
                case .float16: result.append(half(Float(halfBits: span.littleEndian(at: index))))
                case .bfloat16: result.append(half(Float(bitPattern: UInt32(span.littleEndian(at: index) as UInt16) << 16)))
                case .int8: result.append(integer(Int64(Int8(bitPattern: span[index]))))
                case .int16: result.append(integer(Int64(Int16(bitPattern: span.littleEndian(at: index)))))
                case .int32: result.append(integer(Int64(Int32(bitPattern: span.littleEndian(at: index)))))
                case .int64: result.append(integer(Int64(bitPattern: span.littleEndian(at: index))))
                case .uint8, .bool: result.append(unsigned(UInt64(span[index])))
                case .uint16: result.append(unsigned(UInt64(span.littleEndian(at: index) as UInt16)))
                case .uint32: result.append(unsigned(UInt64(span.littleEndian(at: index) as UInt32)))
                case .uint64: result.append(unsigned(span.littleEndian(at: index)))
                }
                index += elementType.size
            }
            done += part
        }
        return result
    }
}

extension Span<UInt8> {
    fileprivate func littleEndian<T: FixedWidthInteger & UnsignedInteger>(at index: Int) -> T {
        var value: T = 0
        for place in (0..<T.bitWidth / 8).reversed() { value = value << 8 | T(self[index + place]) }
        return value
    }
}

extension Float {
    /// The number with the IEEE 754 binary16 representation `bits`; always exact. (`Float16` does not exist on every platform.)
    package init(halfBits bits: UInt16) {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10 & 0x1F)
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0x1F:
            self.init(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        case 0:
            // Zero and subnormals: fraction * 2^-24.
            let magnitude = Float(fraction) * Float(bitPattern: 0x3380_0000)
            self.init(bitPattern: sign | magnitude.bitPattern)
        default:
            self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
