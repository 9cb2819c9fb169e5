import Testing

@testable import FileOutput

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A folder that is removed, with the files in it, at the end of a test.
private struct ScratchFolder: ~Copyable {
    let path: String

    init() {
        var template = Array("/tmp/output-file-XXXXXX".utf8CString)
        path = mkdtemp(&template) == nil ? "" : String(decoding: template.dropLast().map { UInt8($0) }, as: UTF8.self)
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func contents(_ name: String) -> [UInt8]? {
        guard let file = fopen("\(path)/\(name)", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    func permissions(_ name: String) -> mode_t {
        var status = stat()
        return lstat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o777 : 0
    }
}

private func store(_ bytes: [UInt8], _ path: String, replacing: Bool = false, unnamed: Bool = true) throws {
    var file = try OutputFile(path: path, replacing: replacing, unnamed: unnamed)
    try file.write(bytes)
    try file.commit()
}

private func problem(_ body: () throws -> Void) -> OutputFileError.Problem? {
    do { try body() } catch { return (error as? OutputFileError)?.problem }
    return nil
}

@Suite struct OutputFileTests {
    @Test(arguments: [true, false]) func appearsOnlyWhenCommitted(unnamed: Bool) throws {
        let folder = ScratchFolder()
        var file = try OutputFile(path: "\(folder.path)/a.bin", replacing: false, unnamed: unnamed)
        try file.write([1, 2, 3])
        #expect(folder.names.count == (unnamed ? 0 : 1))
        #expect(folder.contents("a.bin") == nil)
        try file.write([4])
        #expect(file.length == 4)
        try file.commit()
        #expect(folder.contents("a.bin") == [1, 2, 3, 4])
        #expect(folder.names == ["a.bin"])
    }

    @Test func patchesAndLeavesHolesOfZeros() throws {
        let folder = ScratchFolder()
        var file = try OutputFile(path: "\(folder.path)/a.bin")
        let bytes: [UInt8] = [7, 8]
        try file.write(at: 4, bytes.span.bytes)
        try file.write(at: 0, bytes.span.bytes)
        #expect(file.length == 6)
        try file.write([9])
        try file.commit()
        #expect(folder.contents("a.bin") == [7, 8, 0, 0, 7, 8, 9])
    }

    @Test(arguments: [true, false]) func leavesNothingWhenDiscardedOrDropped(unnamed: Bool) throws {
        let folder = ScratchFolder()
        var dropped = try OutputFile(path: "\(folder.path)/a.bin", replacing: false, unnamed: unnamed)
        try dropped.write([1])
        dropped.discard()
        _ = try OutputFile(path: "\(folder.path)/b.bin", replacing: false, unnamed: unnamed)
        #expect(folder.names == [])
    }

    @Test(arguments: [true, false]) func replacesOnlyWhenToldAndKeepsPermissions(unnamed: Bool) throws {
        let folder = ScratchFolder()
        let path = "\(folder.path)/a.bin"
        try store([1], path, unnamed: unnamed)
        #expect(problem { try store([2], path, unnamed: unnamed) } == .exists)
        #expect(folder.contents("a.bin") == [1])
        chmod(path, 0o600)
        try store([3], path, replacing: true, unnamed: unnamed)
        #expect(folder.contents("a.bin") == [3])
        #expect(folder.permissions("a.bin") == 0o600)
        #expect(folder.names == ["a.bin"])
    }

    @Test(arguments: [true, false]) func aFileThatAppearsMeanwhileIsNotOverwritten(unnamed: Bool) throws {
        let folder = ScratchFolder()
        let path = "\(folder.path)/a.bin"
        var late = try OutputFile(path: path, replacing: false, unnamed: unnamed)
        try late.write([1])
        try store([2], path)
        var found: OutputFileError?
        do { try late.commit() } catch { found = error }
        #expect(found == OutputFileError(path: path, step: .publish, problem: .exists))
        #expect(folder.contents("a.bin") == [2])
        #expect(folder.names == ["a.bin"])
    }

    @Test(arguments: [false, true]) func refusesSymbolicLinks(replacing: Bool) throws {
        let folder = ScratchFolder()
        try store([1], "\(folder.path)/real")
        symlink("\(folder.path)/real", "\(folder.path)/link")
        symlink("\(folder.path)/missing", "\(folder.path)/dangling")
        for name in ["link", "dangling"] {
            #expect(problem { try store([2], "\(folder.path)/\(name)", replacing: replacing) } == .symbolicLink)
        }
        #expect(folder.contents("real") == [1])
        #expect(folder.names == ["dangling", "link", "real"])
    }

    @Test func aLinkThatAppearsMeanwhileIsReplacedNotFollowed() throws {
        let folder = ScratchFolder()
        try store([1], "\(folder.path)/real")
        var file = try OutputFile(path: "\(folder.path)/link", replacing: true)
        try file.write([2])
        symlink("\(folder.path)/real", "\(folder.path)/link")
        try file.commit()
        #expect(folder.contents("real") == [1])
        #expect(folder.contents("link") == [2])
    }

    @Test func refusesWhatIsNoRegularFile() throws {
        let folder = ScratchFolder()
        mkfifo("\(folder.path)/pipe", 0o600)
        #expect(problem { try store([1], "\(folder.path)/pipe", replacing: true) } == .notARegularFile)
        #expect(problem { try store([1], "/dev/null", replacing: true) } == .notARegularFile)
        #expect(problem { try store([1], "/tmp", replacing: true) } == .notARegularFile)
    }

    @Test(arguments: ["", "/", "/tmp/", "/tmp/..", ".", "/tmp/a\0b"]) func refusesPathsWithoutAName(path: String) {
        #expect(problem { try store([1], path) } == .notAFileName)
    }

    @Test func aMissingFolderIsTheSystemsError() {
        #expect(problem { try store([1], "/tmp/no-such-folder-here/a") } == .system(ENOENT))
        #expect(problem { try store([1], "/dev/null/a") } == .system(ENOTDIR))
    }

    @Test func offsetsPastTheLargestFileAreRefused() throws {
        let folder = ScratchFolder()
        var file = try OutputFile(path: "\(folder.path)/a.bin")
        let bytes: [UInt8] = [1]
        for offset in [UInt64.max, UInt64(Int64.max)] {
            var found: OutputFileError?
            do { try file.write(at: offset, bytes.span.bytes) } catch { found = error }
            #expect(found?.problem == .system(EFBIG))
        }
        #expect(file.length == 0)
    }

    /// What a signal's handler does where files have names from the start; the process can write no more.
    @Test func unfinishedFilesCanBeRemoved() async {
        await #expect(processExitsWith: .success) {
            let folder = ScratchFolder()
            var file = try OutputFile(path: "\(folder.path)/a.bin", replacing: false, unnamed: false)
            try file.write([1])
            try store([2], "\(folder.path)/b.bin", unnamed: false)
            try #require(folder.names.count == 2)
            OutputFile.removeUnfinished()
            try #require(folder.names == ["b.bin"])
            try #require(problem { try store([3], "\(folder.path)/c.bin", unnamed: false) } != nil)
            try #require(folder.names == ["b.bin"])
        }
    }
}
