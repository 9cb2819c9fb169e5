import KerasFiles
import Testing

/// Tensors that are other tensors' elements in another order.
@Suite struct ComputedTensorTests {
    private func tensor(_ shape: [Int], from first: Int = 0) throws -> Tensor {
        let count = shape.reduce(1, *)
        return try Tensor(
            elementType: .float32, shape: shape, bytes: (first..<first + count).flatMap { EditableFile.littleEndian(Float($0).bitPattern) })
    }

    @Test func transposed() throws {
        let transposed = try tensor([2, 3, 4]).transposed([2, 0, 1])
        #expect(transposed.shape == [4, 2, 3])
        var expected: [Float] = []
        for c in 0..<4 { for a in 0..<2 { for b in 0..<3 { expected.append(Float(a * 12 + b * 4 + c)) } } }
        #expect(try transposed.floats() == expected)
        #expect(failure { _ = try tensor([2, 3]).transposed([0, 0]) }?.kind == .malformed(.tensor, .order))
        #expect(failure { _ = try tensor([2, 3]).transposed([0]) }?.kind == .malformed(.tensor, .order))
    }

    @Test func flipped() throws {
        #expect(try tensor([3, 2]).flipped(firstAxes: 1).floats() == [4, 5, 2, 3, 0, 1])
        #expect(try tensor([2, 2, 1, 2]).flipped(firstAxes: 2).floats() == [6, 7, 4, 5, 2, 3, 0, 1])
        #expect(try tensor([0, 2]).flipped(firstAxes: 1).floats() == [])
    }

    @Test func concatenated() throws {
        let both = try Tensor.concatenated([try tensor([2, 2]), try tensor([2, 2], from: 10)])
        #expect(both.shape == [2, 4])
        #expect(try both.floats() == [0, 1, 10, 11, 2, 3, 12, 13])
        #expect(try Tensor.concatenated([try tensor([2]), try tensor([2], from: 5)]).floats() == [0, 1, 5, 6])
        #expect(
            failure { _ = try Tensor.concatenated([try tensor([2, 2]), try tensor([2, 3])]) }?.kind == .weightShape(expected: [2, 2], found: [2, 3]))
        #expect(failure { _ = try Tensor.concatenated([]) }?.kind == .malformed(.tensor, .count))
    }

    @Test func reshaped() throws {
        #expect(try tensor([2, 3]).reshaped([3, 2]).floats() == [0, 1, 2, 3, 4, 5])
        #expect(failure { _ = try tensor([2, 3]).reshaped([7]) }?.kind == .weightShape(expected: [7], found: [2, 3]))
    }

    /// Any range of bytes is what the whole has there, also where it ends within an element.
    @Test func everyRange() throws {
        let computed = try Tensor.concatenated([try tensor([3, 2]).transposed([1, 0]), try tensor([2, 3], from: 9).flipped(firstAxes: 1)])
            .scaled(by: 2, parts: [true, false])
        let all = try computed.bytes()
        for start in 0...computed.byteCount {
            for end in start...computed.byteCount {
                #expect(try computed.source.read(at: computed.offset + UInt64(start), count: end - start) == Array(all[start..<end]))
            }
        }
    }

    /// A computed tensor of computed tensors reads what it needs and no more.
    @Test func errorsComeThrough() throws {
        let broken = ByteSource(size: 16) { _, _ throws(KerasFileError) in throw KerasFileError(.readFailed(errno: 5)) }
        let tensor = try Tensor(elementType: .float32, shape: [2, 2], source: broken, offset: 0, byteCount: 16)
        #expect(failure { _ = try tensor.transposed([1, 0]).floats() }?.kind == .readFailed(errno: 5))
        #expect(failure { _ = try Tensor.concatenated([tensor]).floats() }?.kind == .readFailed(errno: 5))
    }
}
