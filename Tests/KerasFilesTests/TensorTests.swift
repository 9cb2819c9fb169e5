import KerasFiles
import Testing

@Suite struct TensorTests {
    private func floats(_ type: ElementType, _ bytes: [UInt8]) throws -> [Float] {
        try Tensor(elementType: type, shape: [bytes.count / type.size], bytes: bytes).floats()
    }

    @Test func shapeAndBytesMustAgree() throws {
        func kind(_ shape: [Int], _ count: Int) -> KerasFileError.Kind? {
            failure { _ = try Tensor(elementType: .float32, shape: shape, bytes: [UInt8](repeating: 0, count: count)) }?.kind
        }
        #expect(kind([2, 3], 24) == nil)
        #expect(kind([], 4) == nil)
        #expect(kind([0, 3], 0) == nil)
        #expect(kind([2, 3], 23) == .malformed(.tensor, .size))
        #expect(kind([], 0) == .malformed(.tensor, .size))
        #expect(kind([-1], 0) == .malformed(.tensor, .size))
        #expect(kind([-2, -3], 24) == .malformed(.tensor, .size))
        // 4,194,305 * 4,194,305 * 211,106,198,978,564 is 4 modulo 2^64.
        #expect(kind([4_194_305, 4_194_305, 211_106_198_978_564], 16) == .malformed(.tensor, .size))
        #expect(kind([0, .max, .max], 0) == .malformed(.tensor, .size))
    }

    @Test func elementsMustBeInTheSource() throws {
        let source = ByteSource([UInt8](repeating: 0, count: 20))
        #expect(
            failure { _ = try Tensor(elementType: .float32, shape: [4], source: source, offset: 8, byteCount: 16) }?.kind
                == .truncated(needed: 16, available: 12))
        #expect(
            failure { _ = try Tensor(elementType: .float32, shape: [4], source: source, offset: .max, byteCount: 16) }?.kind
                == .truncated(needed: 16, available: 0))
    }

    @Test func partsAreRead() throws {
        let tensor = try Tensor(elementType: .int16, shape: [4], bytes: [0, 1, 2, 3, 4, 5, 6, 7])
        var part = [UInt8](repeating: 0xFF, count: 3)
        do {
            var elements = part.mutableSpan
            var span = elements.mutableBytes
            try tensor.read(bytes: 2..<5, into: &span)
        }
        #expect(part == [2, 3, 4])
        for range in [6..<9, 0..<2, -1..<2] {
            let error = failure {
                var elements = part.mutableSpan
                var span = elements.mutableBytes
                try tensor.read(bytes: range, into: &span)
            }
            #expect(error?.kind == .malformed(.tensor, .size))
        }
    }

    /// Against the definition of binary16: sign, exponent and fraction as powers of two.
    @Test func everyHalf() throws {
        let bytes = (0...UInt16.max).flatMap { EditableFile.littleEndian($0) }
        let found = try floats(.float16, bytes)
        for bits in 0...UInt16.max {
            let value = found[Int(bits)]
            let exponent = Int(bits >> 10 & 31)
            let fraction = Float(bits & 1023)
            let sign: Float = bits & 0x8000 == 0 ? 1 : -1
            switch exponent {
            case 31 where fraction != 0: #expect(value.isNaN)
            case 31: #expect(value == sign * .infinity)
            case 0: #expect(value == sign * fraction / 16_777_216)
            default: #expect(value == sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024))
            }
            #expect((value.sign == .minus) == (bits & 0x8000 != 0))
        }
    }

    @Test func brainFloatsAreTheUpperHalvesOfFloats() throws {
        let bytes = (0...UInt16.max).flatMap { EditableFile.littleEndian($0) }
        let found = try floats(.bfloat16, bytes)
        for bits in 0...UInt16.max {
            #expect(found[Int(bits)].bitPattern == UInt32(bits) << 16)
        }
    }

    @Test func floatsKeepTheirBits() throws {
        let patterns: [UInt32] = [0, 1, 0x8000_0000, 0x7F80_0000, 0x7FC0_1234, 0x7F80_0001, 0xFF80_0001, 0x3F80_0000, 0x0080_0000]
        let found = try floats(.float32, patterns.flatMap { EditableFile.littleEndian($0) })
        #expect(found.map(\.bitPattern) == patterns)
    }

    @Test func integersAreConverted() throws {
        func tensor<T: FixedWidthInteger>(_ type: ElementType, _ values: [T]) throws -> Tensor {
            try Tensor(elementType: type, shape: [values.count], bytes: values.flatMap { EditableFile.littleEndian($0) })
        }
        #expect(try tensor(.int8, [Int8.min, -1, 127]).doubles() == [-128, -1, 127])
        #expect(try tensor(.int16, [Int16.min, 32_767]).integers() == [-32_768, 32_767])
        #expect(try tensor(.int32, [Int32.min, -1]).integers() == [-2_147_483_648, -1])
        #expect(try tensor(.int64, [Int64.min, .max]).integers() == [.min, .max])
        #expect(try tensor(.uint64, [UInt64(5)]).integers() == [5])
        #expect(try tensor(.uint64, [UInt64.max]).floats() == [0x1p64])
        #expect(failure { _ = try tensor(.uint64, [UInt64.max]).integers() }?.kind == .wrongType(expected: .integers, found: .numbers))
        #expect(failure { _ = try tensor(.float32, [UInt32(0)]).integers() }?.kind == .wrongType(expected: .integers, found: .numbers))
        #expect(try tensor(.int64, [Int64(1) << 53 + 1]).doubles() == [9_007_199_254_740_992])
    }

    /// More than one block of the reader.
    @Test func longTensors() throws {
        let count = 100_003
        let bytes = (0..<count).flatMap { EditableFile.littleEndian(Float($0).bitPattern) }
        #expect(try floats(.float32, bytes) == (0..<count).map(Float.init))
    }
}
