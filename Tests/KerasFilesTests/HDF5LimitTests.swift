import KerasFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct HDF5LimitTests {
    private func kind(_ name: String, _ change: (inout Limits) -> Void) -> KerasFileError.Kind? {
        var limits = Limits()
        change(&limits)
        return failure { _ = try HDF5File(path: Fixtures.root + "/hdf5/accepted/\(name).h5", limits: limits) }?.kind
    }

    @Test func everyLimitIsKept() {
        #expect(kind("two") { $0.groupDepth = 1 } == .limitExceeded(.groupDepth, found: 2, limit: 1))
        #expect(kind("two") { $0.groupDepth = 2 } == nil)
        #expect(kind("two") { $0.objects = 3 } == .limitExceeded(.objects, found: 4, limit: 3))
        #expect(kind("two") { $0.objects = 4 } == nil)
        #expect(kind("members") { $0.groupMembers = 149 } == .limitExceeded(.groupMembers, found: 150, limit: 149))
        #expect(kind("members") { $0.groupMembers = 150 } == nil)
        #expect(kind("attributes") { $0.attributes = 39 } == .limitExceeded(.attributes, found: 40, limit: 39))
        #expect(kind("attributes") { $0.attributes = 40 } == nil)
        #expect(kind("two") { $0.linkNameBytes = 4 } == .limitExceeded(.linkNameBytes, found: 5, limit: 4))
        #expect(kind("two") { $0.linkNameBytes = 5 } == nil)
        #expect(kind("types") { $0.rank = 4 } == .limitExceeded(.rank, found: 5, limit: 4))
        // Names "names", "group", "a", "b"; paths "/group", "/group/a", "/group/b"; texts "first", "second"; keys of the
        // groups' trees "", "group", "", "b": 51 bytes, and 16 for each of the 13.
        #expect(kind("two") { $0.stringBytes = 258 } == .limitExceeded(.stringBytes, found: 259, limit: 258))
        #expect(kind("two") { $0.stringBytes = 259 } == nil)
        #expect(kind("attributes") { $0.headerBytes = 1_000 } != nil)
        #expect(kind("two") { $0.metadataBytes = 1_000 } != nil)
    }

    /// Many references to one stored text are no way to make much out of little.
    @Test func repeatedTextIsCounted() throws {
        var limits = Limits()
        limits.stringBytes = 258
        var file = EditableFile(bytes: try Fixtures.bytes("hdf5/accepted/two.h5"))
        let reference = HDF5DamageTests.reference(in: file)
        file.bytes.replaceSubrange(reference + 16..<reference + 32, with: file.bytes[reference..<reference + 16])
        let opened = try HDF5File(source: ByteSource(file.bytes), limits: limits)
        #expect(try opened.root.stringList("names") == ["first", "first"])
        limits.stringBytes = 257
        #expect(failure { _ = try HDF5File(source: ByteSource(file.bytes), limits: limits) }?.kind
            == .limitExceeded(.stringBytes, found: 258, limit: 257))
    }

    /// A dataset beyond 4 GiB in a file of 5 GiB (sparse: it takes no space on the disk).
    @Test func elementsBeyondFourGibibytes() throws {
        var file = EditableFile(bytes: try Fixtures.bytes("hdf5/accepted/two.h5"))
        let far: UInt64 = 5 << 30
        file.put(far, at: file.place(of: UInt64(HDF5DamageTests.elements(of: 4, in: file))))
        file.put(far + 16, at: 40)

        var template = Array("/tmp/nnconv-sparse-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        #expect(descriptor >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            close(descriptor)
            unlink(path)
        }
        let elements: [Float] = [1, -2, 3, .infinity]
        let tail = elements.flatMap { EditableFile.littleEndian($0.bitPattern) }
        #expect(pwrite(descriptor, file.bytes, file.bytes.count, 0) == file.bytes.count)
        #expect(pwrite(descriptor, tail, tail.count, off_t(far)) == tail.count)

        let opened = try HDF5File(path: path)
        #expect(try opened.root.dataset("group/b").tensor.floats() == elements)
        #expect(try opened.root.dataset("group/a").tensor.floats() == [0, 1, 2, 3])

        // The file shrinks while it is open.
        #expect(ftruncate(descriptor, off_t(far) + 8) == 0)
        #expect(failure { _ = try opened.root.dataset("group/b").tensor.bytes() }?.kind == .truncated(needed: 16, available: 8))
        #expect(failure { _ = try HDF5File(path: path) }?.kind == .truncated(needed: far + 16, available: far + 8))
    }
}
