import CompactFile
import FileOutput
import NNInference
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Offsets beyond 4 GiB, in a file that takes next to no room because nearly all of it is a hole.
@Suite struct LargeFileTests {
    @Test func tensorsBeyondFourGibibytes() throws {
        // Two tensors: 5 * 2^30 + 4 bytes of zeros, and three numbers after them.
        let elements = 5 << 28 | 1
        let numbers = try SmallModel.tensor([3], first: 1).bytes()
        var file = try ForgedFile(try SmallModel.bytes())
        file.parts.remove(at: 1)
        file.operationSet = 0
        file.alignmentExponent = 6
        var table: [UInt8] = []
        table.put(UInt32(2))
        table += [1, 1, 0, 0]
        table.put(UInt32(0))
        table += [1, 1, 1, 0]
        table.put(CRC32C.checksum(numbers.span.bytes))
        table.put(UInt32(elements))
        table.put(UInt32(3))
        file[.tensors] = table
        file[.data] = []
        let second = UInt64(elements * 4).roundedUp(to: 64)
        file.change(.data) { $0.length = second + 12 }
        let dataStart = UInt64(file.bytes().count)
        file.length = dataStart + second + 12

        let path = "/tmp/nnconv-large-\(getpid()).nnc"
        var output = try OutputFile(path: path)
        try output.write(at: 0, file.bytes().span.bytes)
        try output.write(at: dataStart + second, numbers.span.bytes)
        try output.commit()
        defer { unlink(path) }

        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let size = Int(dataStart + second + 12)
        let mapped = try #require(mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0))
        defer { munmap(mapped, size) }
        let bytes = RawSpan(_unsafeStart: mapped, byteCount: size)
        let layout = try FileLayout(bytes)
        #expect(layout.tensors[0].range.count == elements * 4)
        #expect(layout.tensors[1].range == Int(dataStart + second)..<size)
        #expect(layout.tensors[1].range.lowerBound > 5 << 30)
        try layout.verifyTensor(1, in: bytes)
        #expect(throws: FormatError.self) { try layout.verifyTensor(0, in: RawSpan(_unsafeStart: mapped, byteCount: size - 1)) }

        // A tensor of this size is refused when the file does not have it.
        let short = RawSpan(_unsafeStart: mapped, byteCount: 4_096)
        #expect(throws: FormatError.self) { try FileLayout(short) }
    }
}
