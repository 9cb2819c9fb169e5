import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Compares a text with the file of that name in `Snapshots/`. With `NNCONV_UPDATE_SNAPSHOTS` set the file is written instead.
func expectSnapshot(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let path = Fixtures.snapshots + "/" + name + ".txt"
    if getenv("NNCONV_UPDATE_SNAPSHOTS") != nil { return try ScratchFolder.write(Array(text.utf8), to: path) }
    let expected = String(decoding: try ScratchFolder.read(path), as: UTF8.self)
    let lines = zip(expected.split(separator: "\n", omittingEmptySubsequences: false), text.split(separator: "\n", omittingEmptySubsequences: false))
    let difference = lines.first { $0 != $1 }
    #expect(
        text == expected, "snapshot \(name): \"\(difference?.1 ?? "")\" instead of \"\(difference?.0 ?? "")\"", sourceLocation: sourceLocation)
}
