import KerasFiles

/// The formats a tensor is given and taken in.
public enum TensorFileFormat: String, Sendable, CaseIterable {
    /// One array, as numpy's `save` writes it.
    case npy
    /// Named arrays, as numpy's `savez` and `savez_compressed` write them.
    case npz
    /// Rows of numbers, separated by commas, semicolons, tabs or blanks.
    case csv
    /// Nested arrays of numbers, or an object of named ones.
    case json
    /// One text per line.
    case txt

    /// The format that a path asks for by its suffix, for writing; nil for another suffix.
    public init?(suffixOf path: String) {
        guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        self.init(rawValue: String(path[path.utf8.index(after: dot)...]).lowercased())
    }

    /// Recognises a format by content: `.npy` and zip archives by their first bytes, JSON by its first bracket, and any other
    /// text as a table of numbers (lines of text cannot be told from one). Throws `.unrecognised` for what is none of these.
    init(recognising source: ByteSource) throws(TensorFileError) {
        let bytes = try source.prefix(512)
        if NPYHeader.recognises(bytes) {
            self = .npy
        } else if ZipArchive.recognises(bytes) {
            self = .npz
        } else if bytes.starts(with: [0x89, 0x48, 0x44, 0x46]) {
            throw TensorFileError(.unrecognised(.hdf5))
        } else if bytes.isEmpty {
            throw TensorFileError(.unrecognised(.empty))
        } else if bytes.contains(where: { $0 < 0x20 && !(0x09...0x0D).contains($0) }) {
            throw TensorFileError(.unrecognised(.unknown))
        } else {
            let first = bytes.dropFirst(bytes.byteOrderMark).first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
            self = first == UInt8(ascii: "[") || first == UInt8(ascii: "{") ? .json : .csv
        }
    }
}

extension ByteSource {
    func prefix(_ count: Int) throws(TensorFileError) -> [UInt8] {
        try bytes(at: 0, count: Int(min(size, UInt64(count))))
    }

    func bytes(at offset: UInt64, count: Int) throws(TensorFileError) -> [UInt8] {
        do { return try read(at: offset, count: count) } catch { throw TensorFileError(error) }
    }

    func allBytes() throws(TensorFileError) -> [UInt8] { try prefix(.max) }
}

extension Collection<UInt8> {
    /// Length of the UTF-8 byte-order mark that some programs put before a text: 3, or 0.
    var byteOrderMark: Int { starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}
