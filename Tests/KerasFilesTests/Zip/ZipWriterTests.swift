import KerasFiles
import Testing

@Suite struct ZipWriterTests {
    private func archive(_ members: [(String, [UInt8])]) throws -> [UInt8] {
        var zip = ZipWriter()
        var bytes: [UInt8] = []
        for (name, contents) in members {
            bytes += try zip.header(name: name, size: UInt64(contents.count), checksum: CRC32.of(contents))
            bytes += contents
        }
        return bytes + zip.directory()
    }

    @Test func whatIsWrittenIsRead() throws {
        let members: [(String, [UInt8])] = [("metadata.json", [1, 2]), ("empty", []), ("Größe.npy", [3])]
        let archive = try ZipArchive(source: ByteSource(archive(members)))
        #expect(archive.members.map(\.name) == members.map(\.0))
        for (name, contents) in members { #expect(try archive.bytes(of: name) == contents) }
    }

    @Test func theSameMembersGiveTheSameBytes() throws {
        #expect(try archive([("a", [1]), ("b", [2])]) == archive([("a", [1]), ("b", [2])]))
    }

    @Test func flagsTimesAndSizesOfAHeader() throws {
        var zip = ZipWriter()
        let header = try zip.header(name: "a", size: 3, checksum: 0x0403_0201)
        let expected: [UInt8] =
            [0x50, 0x4B, 3, 4, 20, 0] + [0, 0, 0, 0] + [0, 0, 0x21, 0] + [1, 2, 3, 4] + [3, 0, 0, 0, 3, 0, 0, 0] + [1, 0, 0, 0, 0x61]
        #expect(header == expected)
    }

    @Test func refusesNamesThatTheReaderRefuses() throws {
        var zip = ZipWriter()
        _ = try zip.header(name: "a", size: 0, checksum: 0)
        #expect(throws: KerasFileError(.zip(.duplicateName), path: "a")) { try zip.header(name: "a", size: 0, checksum: 0) }
        #expect(throws: KerasFileError(.zip(.name(.component)), path: "../a")) { try zip.header(name: "../a", size: 0, checksum: 0) }
        #expect(throws: KerasFileError(.zip(.name(.empty)), path: "")) { try zip.header(name: "", size: 0, checksum: 0) }
    }

    /// A member past 4 GiB and one behind it, written into a sparse file and read back.
    @Test func sizesAndOffsetsBeyond32Bits() throws {
        let size: UInt64 = 1 << 32
        var zip = ZipWriter()
        let first = try zip.header(name: "large", size: size, checksum: 0)
        let second = try zip.header(name: "small", size: 1, checksum: CRC32.of([7]))
        let path = "/tmp/zip-writer-\(UInt64.random(in: 0 ... .max)).zip"
        let file = try SparseFile(path: path)
        file.write(first, at: 0)
        let start = UInt64(first.count) + size
        file.write(second + [7] + zip.directory(), at: start)

        let archive = try ZipArchive(source: ByteSource(path: path))
        #expect(archive.members.map(\.name) == ["large", "small"])
        #expect(archive.members[0].size == size)
        #expect(archive.members[1].offset == start + UInt64(second.count))
        #expect(try archive.bytes(of: "small") == [7])
    }

    @Test func moreMembersThan16Bits() throws {
        let count = 65_536
        var limits = Limits()
        limits.archiveMembers = count
        let bytes = try archive((0..<count).map { ("\($0)", []) })
        let archive = try ZipArchive(source: ByteSource(bytes), limits: limits)
        #expect(archive.members.count == count)
        #expect(archive.members.last?.name == "65535")
    }
}
