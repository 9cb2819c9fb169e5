/// The rules for a member's name, for reading and writing.
enum ZipName {
    /// General purpose bit 11: the name is UTF-8. Without it, readers disagree about anything but ASCII.
    static let utf8Flag: UInt16 = 0x0800

    /// Decodes a name that every reader sees alike: UTF-8 (marked as such unless ASCII), relative, without control characters,
    /// backslashes, drive letters, or components that are empty, `.` or `..`. A final `/` makes it a folder's.
    static func decode(_ bytes: [UInt8], flags: UInt16) throws(ZipProblem) -> String {
        guard !bytes.isEmpty else { throw .name(.empty) }
        guard flags & utf8Flag != 0 || bytes.allSatisfy({ $0 < 0x80 }) else { throw .name(.encoding) }
        guard let name = String(validating: bytes, as: UTF8.self) else { throw .name(.encoding) }
        try check(name)
        return name
    }

    static func check(_ name: String) throws(ZipProblem) {
        let scalars = name.unicodeScalars
        guard !scalars.contains(where: { $0.properties.generalCategory == .control }) else { throw .name(.controlCharacter) }
        let bytes = name.utf8
        guard !bytes.isEmpty else { throw .name(.empty) }
        guard !bytes.contains(UInt8(ascii: "\\")) else { throw .name(.backslash) }
        guard bytes.first != UInt8(ascii: "/") else { throw .name(.absolute) }
        // Only a drive letter: weights are called `dense/kernel:0`.
        guard bytes.dropFirst().first != UInt8(ascii: ":") else { throw .name(.driveLetter) }
        var components = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if components.count > 1, components.last?.isEmpty == true { components.removeLast() }
        for component in components where component.isEmpty || component.elementsEqual(".".utf8) || component.elementsEqual("..".utf8) {
            throw .name(.component)
        }
    }
}
