import CompactFile
import NNInference
import Testing

/// Tensor tables with right checksums and wrong content.
@Suite struct TensorTableTests {
    /// The table of the 4-8-3 network: a count, four entries of eight bytes, the dimensions 4, 8, 3.
    private func reason(_ change: (inout [UInt8]) -> Void) throws -> FormatError.Reason? {
        var file = try ForgedFile(try SmallModel.bytes())
        change(&file[.tensors])
        return refusal(file.bytes())?.reason
    }

    /// A file with one tensor of a given type byte, form byte and dimensions, over `size` bytes of data, without a program.
    private func single(type: UInt8 = 1, form: UInt8, dimensions: [UInt32], size: Int, first: UInt16 = 0) throws -> FormatError.Reason? {
        var file = try ForgedFile(try SmallModel.bytes())
        file.parts.remove(at: 1)
        file.operationSet = 0
        let data = [UInt8](repeating: 0, count: size)
        var table: [UInt8] = []
        table.put(UInt32(1))
        table.append(type)
        table.append(form)
        table.put(first)
        table.put(CRC32C.checksum(data.span.bytes))
        for dimension in dimensions { table.put(dimension) }
        file[.tensors] = table
        file[.data] = data
        return refusal(file.bytes())?.reason
    }

    @Test func tableAsSpecified() throws {
        let file = try ForgedFile(try SmallModel.bytes())
        let table = file[.tensors]
        #expect(table.count == 4 + 4 * 8 + 3 * 4)
        #expect(Array(table[..<8]) == [4, 0, 0, 0, 1, 2, 0, 0])
        #expect(Array(table[12..<16]) == [1, 1, 1, 0])
        #expect(Array(table[20..<24]) == [1, 2, 1, 0])
        #expect(Array(table[28..<32]) == [1, 1, 2, 0])
        #expect(Array(table[36...]) == [4, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0])
        #expect(try single(form: 2, dimensions: [2, 3], size: 24) == nil)
    }

    @Test(arguments: [5, 1 << 16, 1 << 31, UInt32.max]) func counts(_ count: UInt32) throws {
        // Five entries would end within the dimensions: the number must be refused before anything is made of it.
        #expect(try reason { $0.set(count, at: 0) } != nil)
        if count > 5 { #expect(try reason { $0.set(count, at: 0) } == .count(UInt64(count))) }
    }

    @Test func fewerTensorsLeaveDimensionsUnexplained() throws {
        #expect(try reason { $0.set(UInt32(3), at: 0) } != nil)
        #expect(try reason { $0.put(UInt32(9)) } == .dimensions)
        #expect(try reason { $0.append(0) } == .sectionLength(.tensors))
        #expect(try reason { $0.removeLast(4) } == .dimensions)
        #expect(try reason { $0 = [] } == .sectionLength(.tensors))
        #expect(try reason { $0 = [0, 0, 0, 0] } != nil)
    }

    @Test func elementTypes() throws {
        for type in [0, 14, 127, 255] as [UInt8] { #expect(try single(type: type, form: 1, dimensions: [1], size: 4) == .elementType(type)) }
        for type in StoredElementType.allCases {
            #expect(try single(type: type.rawValue, form: 1, dimensions: [3], size: 3 * type.size) == nil)
        }
    }

    @Test func ranksAndLayouts() throws {
        #expect(try single(form: 0, dimensions: [], size: 4) == nil)
        #expect(try single(form: 8, dimensions: [1, 1, 1, 1, 1, 1, 1, 2], size: 8) == nil)
        #expect(try single(form: 9, dimensions: [1, 1, 1, 1, 1, 1, 1, 1, 2], size: 8) == .rank(9))
        #expect(try single(form: 15, dimensions: [], size: 4) == .rank(15))
        #expect(try single(form: 0x52, dimensions: [2, 40], size: 320) == nil)
        #expect(try single(form: 0x51, dimensions: [40], size: 160) == .layout(5))
        for exponent in [1, 4, 6, 15] as [UInt8] {
            #expect(try single(form: exponent << 4 | 2, dimensions: [2, 40], size: 320) == .layout(exponent))
        }
    }

    @Test func dimensionIndices() throws {
        #expect(try single(form: 2, dimensions: [2, 3], size: 24, first: 1) == .dimensions)
        #expect(try single(form: 1, dimensions: [6], size: 24, first: 0xFFFF) == .dimensions)
        #expect(try single(form: 0, dimensions: [], size: 4, first: 1) == .dimensions)
        #expect(try single(form: 2, dimensions: [6], size: 24) == .dimensions)
        // The second entry skips the number 8, which no entry before it has used.
        #expect(try reason { $0.set(UInt16(2), at: 14) } != nil)
    }

    @Test func emptyTensors() throws {
        #expect(try single(form: 1, dimensions: [0], size: 0) == nil)
        #expect(try single(form: 2, dimensions: [0, 7], size: 0) == nil)
        #expect(try single(form: 0x52, dimensions: [0, 40], size: 0) == nil)
        #expect(try single(form: 2, dimensions: [7, 0], size: 4) == .dataLength(declared: 4, needed: 0))
    }

    @Test func overflowingShapes() throws {
        // 2^32-1 in every dimension; a product that is 4 modulo 2^64; one that a zero would hide.
        #expect(try single(type: 6, form: 2, dimensions: [.max, .max], size: 4) == .dataLength(declared: 4, needed: UInt64.max - (1 << 33) + 2))
        #expect(try single(form: 2, dimensions: [.max, .max], size: 4) == .shapeOverflow)
        #expect(try single(form: 3, dimensions: [.max, .max, .max], size: 4) == .shapeOverflow)
        #expect(try single(form: 4, dimensions: [4_194_305, 4_194_305, 48_874_009, 1_079_849], size: 4) == .shapeOverflow)
        #expect(try single(form: 4, dimensions: [.max, .max, .max, 0], size: 0) == .shapeOverflow)
        #expect(try single(form: 1, dimensions: [0x4000_0000], size: 4) == .dataLength(declared: 4, needed: 1 << 32))
        #expect(try single(type: 4, form: 2, dimensions: [1 << 31, 1 << 31], size: 4) == .dataLength(declared: 4, needed: 1 << 63))
    }

    @Test func dataMustFitExactly() throws {
        #expect(try single(form: 1, dimensions: [6], size: 20) == .dataLength(declared: 20, needed: 24))
        #expect(try single(form: 1, dimensions: [6], size: 28) == .dataLength(declared: 28, needed: 24))
        #expect(try single(form: 1, dimensions: [6], size: 0) == .dataLength(declared: 0, needed: 24))
        // Each fits, not all together.
        #expect(try reason { $0.set(UInt32(5), at: 36) } != nil)
    }

    @Test func manyTensorsTakeLittleTime() throws {
        var file = try ForgedFile(try SmallModel.bytes())
        file.parts.remove(at: 1)
        file.operationSet = 0
        var table: [UInt8] = []
        let count = 200_000
        table.put(UInt32(count))
        for _ in 0..<count {
            table += [6, 2, 0, 0]
            table.put(CRC32C().value)
        }
        table.put(UInt32(0))
        table.put(UInt32(3))
        file[.tensors] = table
        file[.data] = []
        let bytes = file.bytes()
        let start = ContinuousClock.now
        #expect(try FileLayout(bytes.span.bytes).tensors.count == count)
        #expect(ContinuousClock.now - start < .seconds(5))
        table.set(UInt32((1 << 20) + 1), at: 0)
        file[.tensors] = table + [UInt8](repeating: 0, count: 8 << 20)
        #expect(refusal(file.bytes())?.reason == .count((1 << 20) + 1))
    }

    @Test func paddingBetweenTensors() throws {
        // The third tensor has 96 bytes, so only a fifth one would be padded: make the second one shorter.
        var content = try SmallModel.content()
        content.program = nil
        content.tensors.insert(.init(try SmallModel.tensor([3], first: 0)), at: 0)
        var bytes = try CompactFileWriter(content).bytes()
        let layout = try openVerified(bytes)
        let gap = layout.tensors[0].range.upperBound..<layout.tensors[1].range.lowerBound
        #expect(gap.count == 4)
        for offset in gap {
            bytes[offset] = 1
            #expect(refusal(bytes) == FormatError(.padding, at: UInt64(offset)))
            bytes[offset] = 0
        }
    }
}
