import KerasFiles
import Testing

/// Archives that must be read, and what is read from them.
@Suite struct ZipArchiveTests {
    private let text = Array("{\"a\": 1}".utf8)
    private let zeros = [UInt8](repeating: 0, count: 200_000)

    @Test func storedAndDeflatedMembersInDirectoryOrder() throws {
        let forged = ForgedZip(.init("config.json", text), .init("assets/", []), .init("assets/z", zeros, deflated: true))
        let archive = try ZipArchive(source: ByteSource(forged.bytes))
        #expect(archive.members.map(\.name) == ["config.json", "assets/", "assets/z"])
        #expect(archive.members.map(\.method) == [.stored, .stored, .deflated])
        #expect(archive.members.map(\.size) == [8, 0, 200_000])
        #expect(archive.members.map(\.isFolder) == [false, true, false])
        #expect(try archive.bytes(of: "config.json") == text)
        #expect(try archive.bytes(of: "assets/z") == zeros)
    }

    @Test func aStoredMemberIsASliceOfTheArchive() throws {
        let forged = ForgedZip(.init("w", [9, 8, 7]))
        let archive = try ZipArchive(source: ByteSource(forged.bytes))
        #expect(archive.members[0].offset == 31)
        #expect(try archive.unverifiedSource(of: "w").read(at: 1, count: 2) == [8, 7])
    }

    @Test func anEmptyArchive() throws {
        let archive = try ZipArchive(source: ByteSource(ForgedZip().bytes))
        #expect(archive.members.isEmpty)
        #expect(throws: KerasFileError(.zip(.noSuchMember), path: "x")) { try archive.source(of: "x") }
    }

    @Test func directoryOrderMayDifferFromTheOrderOfTheMembers() throws {
        var forged = ForgedZip(.init("a", [1]), .init("b", [2]))
        forged.members[0].offset = 0
        forged.members[1].offset = 32
        forged.members[0].contents = [1]
        var bytes = forged.bytes
        // Exchange the two directory entries, of 47 bytes each.
        let start = 64
        bytes.replaceSubrange(start..<start + 94, with: Array(bytes[start + 47..<start + 94]) + Array(bytes[start..<start + 47]))
        let archive = try ZipArchive(source: ByteSource(bytes))
        #expect(archive.members.map(\.name) == ["b", "a"])
        #expect(try archive.bytes(of: "b") == [2])
    }

    @Test func namesInUnicodeAndWithColons() throws {
        var forged = ForgedZip(.init("schön/重み.npy", [1]), .init("dense/kernel:0.npy", [2]))
        forged.members[0].both { $0.flags = 0x0800 }
        let archive = try ZipArchive(source: ByteSource(forged.bytes))
        #expect(try archive.bytes(of: "schön/重み.npy") == [1])
        #expect(try archive.bytes(of: "dense/kernel:0.npy") == [2])
    }

    /// numpy writes zip64 sizes into every local header, and none into the directory.
    @Test(arguments: ["stored.npz", "deflated.npz"]) func archivesOfNumpy(name: String) throws {
        let archive = try ZipArchive(source: ByteSource(path: Fixtures.root + "/tensors/\(name)"), names: .exact)
        #expect(archive.members.prefix(3).map(\.name) == ["x.npy", "X.npy", "dense/kernel:0.npy"])
        #expect(archive.members[0].method == (name == "stored.npz" ? .stored : .deflated))
        #expect(try archive.bytes(of: "x.npy") == Fixtures.bytes("tensors/f4.npy"))
    }

    @Test func wideEndRecord() throws {
        var forged = ForgedZip(.init("a", [1]))
        forged.wideEnd = { wideEnd(at: $0, entries: 1, size: 47, offset: 32) }
        #expect(zipProblem(forged) == nil && zipError(forged.bytes) == nil)
        // Saturated 32-bit values leave the word to the wide record.
        forged.entries = .max
        forged.directorySize = .max
        forged.directoryOffset = .max
        let archive = try ZipArchive(source: ByteSource(forged.bytes))
        #expect(try archive.bytes(of: "a") == [1])
    }

    @Test func wideSizesAndOffset() throws {
        var forged = ForgedZip(.init("a", [1, 2]))
        forged.members[0].both {
            $0.size = .max
            $0.compressedSize = .max
            $0.extra = le(1 as UInt16) + le(16 as UInt16) + le(2 as UInt64) + le(2 as UInt64)
        }
        #expect(zipError(forged.bytes) == nil)
        forged.members[0].offset = .max
        forged.members[0].central.extra = le(1 as UInt16) + le(24 as UInt16) + le(2 as UInt64) + le(2 as UInt64) + le(0 as UInt64)
        let archive = try ZipArchive(source: ByteSource(forged.bytes))
        #expect(try archive.bytes(of: "a") == [1, 2])
    }

    @Test func otherExtraFieldsArePassedOver() {
        var forged = ForgedZip(.init("a", [1]))
        forged.members[0].local.extra = le(0x5455 as UInt16) + le(1 as UInt16) + [0]
        #expect(zipError(forged.bytes) == nil)
    }

    @Test func recognition() {
        #expect(ZipArchive.recognises(ForgedZip(.init("a", [])).bytes))
        #expect(ZipArchive.recognises(ForgedZip().bytes))
        #expect(!ZipArchive.recognises([0x50, 0x4B, 3]))
        #expect(!ZipArchive.recognises([]))
    }
}

extension ZipArchive {
    func bytes(of name: String) throws(KerasFileError) -> [UInt8] { try source(of: name).all() }
}

extension ByteSource {
    func all() throws(KerasFileError) -> [UInt8] { try read(at: 0, count: Int(size)) }
}
