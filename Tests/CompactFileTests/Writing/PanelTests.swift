import FileOutput
import KerasFiles
import NNInference
import Testing

@testable import CompactFile

@Suite struct PanelTests {
    /// A tensor whose bytes all differ from their neighbours.
    static func tensor(_ type: KerasFiles.ElementType, _ shape: [Int]) throws -> Tensor {
        let count = shape.reduce(type.size, *)
        return try Tensor(elementType: type, shape: shape, bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) })
    }

    /// The order that the format prescribes, element by element.
    static func panels(_ bytes: [UInt8], rows: Int, columns: Int, size: Int) -> [UInt8] {
        var result: [UInt8] = []
        for first in stride(from: 0, to: columns, by: 32) {
            for row in 0..<rows {
                for column in first..<min(first + 32, columns) {
                    let place = (row * columns + column) * size
                    result += bytes[place..<place + size]
                }
            }
        }
        return result
    }

    @Test(arguments: [[1, 1], [1, 100], [7, 31], [7, 32], [7, 33], [3, 64], [5, 100], [2, 3, 4, 70], [64, 257], [300, 1]])
    func elementsAreOrdered(_ shape: [Int]) throws {
        let columns = shape[shape.count - 1]
        let rows = shape.dropLast().reduce(1, *)
        for type in [.float32, .float16, .float64, .int8] as [KerasFiles.ElementType] {
            let tensor = try Self.tensor(type, shape)
            let expected = Self.panels(try tensor.bytes(), rows: rows, columns: columns, size: type.size)
            // Whole matrices, some rows at a time, and parts of rows.
            for blockSize in [8 << 20, 4_096, 700, 64, 8] {
                for workers in 1...3 {
                    let memory = ModelMemory(byteCount: tensor.byteCount)
                    var reported = 0
                    let stream = TensorStream(to: memory, workers: workers, blockSize: blockSize)
                    let checksum = try stream.copy(.init(tensor, layout: .panels), at: 0) { reported += $0 }
                    #expect(memory.bytes == expected)
                    #expect(checksum == CRC32C.checksum(expected.span.bytes))
                    #expect(reported == expected.count)
                }
            }
        }
    }

    @Test func packingIsUndone() throws {
        let (rows, columns, size) = (13, 75, 4)
        let original = try Self.tensor(.float32, [rows, columns]).bytes()
        var packed = [UInt8](repeating: 0, count: original.count)
        var restored = packed
        var elements = packed.mutableSpan
        var target = elements.mutableBytes
        let geometry = PanelGeometry(rows: rows, columns: columns, elementSize: size)
        geometry.pack(original.span.bytes, columns: 0..<columns, into: &target)
        var restoredElements = restored.mutableSpan
        var restoredTarget = restoredElements.mutableBytes
        geometry.unpack(packed.span.bytes, columns: 0..<columns, into: &restoredTarget)
        #expect(packed == Self.panels(original, rows: rows, columns: columns, size: size))
        #expect(restored == original)
    }

    @Test func layoutIsRecorded() throws {
        let tensor = try Self.tensor(.float32, [10, 100])
        let bytes = try CompactFileWriter(CompactFileContent(tensors: [.init(tensor, layout: .panels), .init(tensor)])).bytes()
        let layout = try openVerified(bytes)
        #expect(layout.tensors.map(\.descriptor.layout) == [.panels, .rowMajor])
        #expect(Array(bytes[layout.tensors[0].range]) == Self.panels(try tensor.bytes(), rows: 10, columns: 100, size: 4))
        #expect(Array(bytes[layout.tensors[1].range]) == (try tensor.bytes()))
    }

    /// A weight that cannot be read ends the copy, whichever worker met it.
    @Test(arguments: 1...3) func failuresAreTold(_ workers: Int) throws {
        let source = ByteSource(size: 4_000) { offset, target throws(KerasFileError) in
            guard offset < 3_000 else { throw KerasFileError(.readFailed(errno: Int32(offset))) }
        }
        let tensor = try Tensor(elementType: .float32, shape: [10, 100], source: source, offset: 0, byteCount: 4_000)
        for layout in [TensorLayout.panels, .rowMajor] {
            let stream = TensorStream(to: ModelMemory(byteCount: 4_000), workers: workers, blockSize: 400)
            do {
                _ = try stream.copy(.init(tensor, layout: layout), at: 0)
                Issue.record("nothing was told")
            } catch .reading(let error) {
                #expect(error.kind == .readFailed(errno: 3_200) || error.kind == .readFailed(errno: 3_000))
            }
        }
    }

    @Test func checksumsAreJoined() throws {
        let bytes = try Self.tensor(.int8, [1_000]).bytes()
        let whole = CRC32C.checksum(bytes.span.bytes)
        for size in [1, 7, 500, 999, 1_000] {
            var chain = CRC32C.Chain()
            for start in stride(from: 0, to: 1_000, by: size) {
                let part = bytes.span.bytes.extracting(start..<min(start + size, 1_000))
                chain.append(CRC32C.checksum(part), byteCount: UInt64(part.byteCount))
                chain.append(CRC32C().value, byteCount: 0)
            }
            #expect(chain.value == whole)
        }
    }
}
