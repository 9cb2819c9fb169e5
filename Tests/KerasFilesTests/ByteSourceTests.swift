import KerasFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct ByteSourceTests {
    private func kind(_ body: () throws -> Void) -> KerasFileError.Kind? { failure(body)?.kind }

    @Test func memory() throws {
        let source = ByteSource([1, 2, 3, 4, 5])
        #expect(source.size == 5)
        #expect(try source.read(at: 1, count: 3) == [2, 3, 4])
        #expect(try source.read(at: 5, count: 0) == [])
        #expect(kind { _ = try source.read(at: 3, count: 3) } == .truncated(needed: 3, available: 2))
        #expect(kind { _ = try source.read(at: 6, count: 0) } == .truncated(needed: 0, available: 0))
        #expect(kind { _ = try source.read(at: .max, count: .max) } == .truncated(needed: UInt64(Int.max), available: 0))
    }

    @Test func fileAndMemoryAgree() throws {
        let path = Fixtures.root + "/hdf5/accepted/two.h5"
        let file = try ByteSource(path: path)
        let bytes = try file.read(at: 0, count: Int(file.size))
        #expect(bytes.count == 10_240)
        let memory = ByteSource(bytes)
        for (offset, count) in [(0, 8), (96, 1000), (10_239, 1), (5_000, 5_240)] {
            #expect(try file.read(at: UInt64(offset), count: count) == memory.read(at: UInt64(offset), count: count))
        }
        #expect(kind { _ = try file.read(at: 10_240, count: 1) } == .truncated(needed: 1, available: 0))
    }

    @Test func sliceIsASourceOfItsOwn() throws {
        let slice = try ByteSource([1, 2, 3, 4, 5]).slice(offset: 1, count: 3)
        #expect(slice.size == 3)
        #expect(try slice.read(at: 0, count: 3) == [2, 3, 4])
        #expect(kind { _ = try slice.read(at: 2, count: 2) } == .truncated(needed: 2, available: 1))
        let inner = try slice.slice(offset: 1, count: 2)
        #expect(try inner.read(at: 0, count: 2) == [3, 4])
        #expect(kind { _ = try slice.slice(offset: 2, count: 2) } == .truncated(needed: 2, available: 1))
        #expect(kind { _ = try slice.slice(offset: 1, count: .max) } == .truncated(needed: .max, available: 2))
    }

    /// As inside an archive.
    @Test func hdf5FileWithinAFile() throws {
        let image = try Fixtures.bytes("hdf5/accepted/two.h5")
        let archive = ByteSource([UInt8](repeating: 7, count: 1_001) + image + [7, 7])
        let source = try archive.slice(offset: 1_001, count: UInt64(image.count))
        let root = try HDF5File(source: source).root
        #expect(try root.dataset("group/b").tensor.floats() == [4, 5, 6, 7])
        #expect(try HDF5File.recognizes(source))
        #expect(try !HDF5File.recognizes(archive))
    }

    @Test func onlyRegularFilesAreOpened() throws {
        #expect(kind { _ = try ByteSource(path: "/tmp") } == .notRegularFile)
        #expect(kind { _ = try ByteSource(path: "/dev/zero") } == .notRegularFile)
        #expect(kind { _ = try ByteSource(path: "/tmp/there/is/no/such/file") } == .cannotOpen(errno: ENOENT))
        let pipe = "/tmp/nnconv-pipe-\(getpid())"
        #expect(mkfifo(pipe, 0o600) == 0)
        defer { unlink(pipe) }
        #expect(kind { _ = try ByteSource(path: pipe) } == .notRegularFile)
    }
}
