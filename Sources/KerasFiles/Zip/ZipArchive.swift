/// A zip archive (`.keras`, `.npz`), opened without extracting anything.
///
/// Everything structural is checked on opening, before any content is used: the directory and the local headers agree, members
/// are disjoint and fill the file without gaps, names are plain and unique, nothing is encrypted or larger than ``Limits`` allow.
/// What an archive says is then the same for every reader of zip archives. Cost: two small reads per member.
public struct ZipArchive: Sendable {
    /// A named content.
    public struct Member: Sendable, Equatable {
        public enum Method: Sendable, Equatable {
            case stored, deflated
        }

        public let name: String
        public let method: Method
        /// Bytes of the content; what a deflated member turns out to have is checked against it.
        public let size: UInt64
        /// Bytes it takes in the archive.
        public let compressedSize: UInt64
        public let checksum: UInt32
        /// Where its first byte lies in the archive.
        public let offset: UInt64

        /// Whether it is a folder, which has a name and no content.
        public var isFolder: Bool { name.utf8.last == UInt8(ascii: "/") }
    }

    /// Which names count as the same.
    public enum NameRule: Sendable {
        /// `A` and `a` are one file on many a disk.
        case ignoringCase
        /// `A` and `a` are two arrays.
        case exact
    }

    /// In the order of the directory.
    public let members: [Member]
    private let source: ByteSource

    /// Whether a file that begins like this claims to be a zip archive.
    public static func recognises(_ firstBytes: [UInt8]) -> Bool {
        // A member, or the end record of an archive without any.
        [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]].contains(Array(firstBytes.prefix(4)))
    }

    /// Opens an archive and checks its structure; contents are checked by ``source(of:)``.
    /// Throws `.zip` with the member's name as `path`, `.limitExceeded`, or what reading `source` throws.
    public init(
        source: ByteSource, limits: Limits = Limits(), names: NameRule = .ignoringCase
    ) throws(KerasFileError) {
        let end = try ZipEndRecord(source)
        let entries = try Self.entries(source, end, limits)
        var seen: Set<String> = []
        var members: [Member] = []
        var inflated: UInt64 = 0
        for entry in entries {
            let member = try Self.member(source, entry, end, limits)
            guard seen.insert(names == .exact ? member.name : member.name.lowercased()).inserted else {
                throw KerasFileError(.zip(.duplicateName), path: member.name)
            }
            if member.method == .deflated {
                let (sum, overflow) = inflated.addingReportingOverflow(member.size)
                inflated = overflow ? .max : sum
                try limits.check(.inflatedBytes, inflated, limits.inflatedBytes, path: member.name)
            }
            members.append(member)
        }
        try Self.checkExtents(entries, members, end)
        self.members = members
        self.source = source
    }

    /// A member's content, its checksum verified. A stored member is read once for that and returned as a slice of the
    /// archive, without copying; a deflated one is inflated into memory.
    /// Throws `.zip(.checksum)`, `.zip(.deflate)`, `.zip(.inflatedSize)` or `.zip(.noSuchMember)`.
    public func source(of name: String) throws(KerasFileError) -> ByteSource {
        let content = try unverifiedSource(of: name)
        let member = try member(name)
        let computed = try content.checksum()
        guard computed == member.checksum else {
            throw KerasFileError(.zip(.checksum(stored: member.checksum, computed: computed)), path: name, offset: member.offset)
        }
        return content
    }

    /// A member's content without reading it for its checksum: for showing what a large file says about itself. Whoever
    /// computes with the content takes ``source(of:)``.
    public func unverifiedSource(of name: String) throws(KerasFileError) -> ByteSource {
        let member = try member(name)
        let stored = try source.slice(offset: member.offset, count: member.compressedSize)
        guard member.method == .deflated else { return stored }
        do {
            return ByteSource(try Inflater.inflate(stored, size: member.size))
        } catch {
            throw KerasFileError(error.kind, path: name, offset: member.offset + (error.offset ?? 0))
        }
    }

    private func member(_ name: String) throws(KerasFileError) -> Member {
        guard let member = members.first(where: { $0.name == name }) else {
            throw KerasFileError(.zip(.noSuchMember), path: name)
        }
        return member
    }
}

extension ZipArchive {
    /// Reads the directory. Count and size are checked against each other before anything is allocated.
    private static func entries(
        _ source: ByteSource, _ end: ZipEndRecord, _ limits: Limits
    ) throws(KerasFileError) -> [ZipHeader] {
        try limits.check(.archiveMembers, end.entries, UInt64(limits.archiveMembers))
        try limits.check(.headerBytes, end.directorySize, UInt64(limits.headerBytes))
        var directory = ByteCursor(
            try source.read(at: end.directoryOffset, count: Int(end.directorySize)), at: end.directoryOffset, .archive)
        var entries: [ZipHeader] = []
        while entries.count < end.entries {
            guard directory.remaining >= ZipHeader.entrySize else {
                throw KerasFileError(.zip(.directorySize), offset: directory.offset)
            }
            entries.append(try ZipHeader(entry: &directory))
        }
        guard directory.remaining == 0 else { throw KerasFileError(.zip(.directorySize), offset: directory.offset) }
        return entries
    }

    /// Checks an entry by itself and against its local header.
    private static func member(
        _ source: ByteSource, _ entry: ZipHeader, _ end: ZipEndRecord, _ limits: Limits
    ) throws(KerasFileError) -> Member {
        let start = entry.localOffset
        try limits.check(.nameBytes, UInt64(entry.name.count), UInt64(limits.nameBytes))
        var name: String?
        do throws(ZipProblem) {
            let decoded = try ZipName.decode(entry.name, flags: entry.flags)
            name = decoded
            try entry.check()
            if decoded.utf8.last == UInt8(ascii: "/"), entry.size != 0 || entry.compressedSize != 0 { throw .size }
        } catch {
            throw KerasFileError(.zip(error), path: name, offset: start)
        }

        // Reading up to the directory, not up to the end of the file: local headers lie before it.
        let members = try source.slice(offset: 0, count: end.directoryOffset)
        guard start <= members.size, members.size - start >= UInt64(ZipHeader.localSize) else {
            throw KerasFileError(.zip(.header), path: name, offset: start)
        }
        let fixed = try members.read(at: start, count: ZipHeader.localSize)
        let count = ZipHeader.localSize + ZipHeader.localLengths(fixed)
        guard members.size - start >= UInt64(count) else { throw KerasFileError(.zip(.header), path: name, offset: start) }
        var cursor = ByteCursor(try members.read(at: start, count: count), at: start, .archive)
        if let field = try ZipHeader(local: &cursor).difference(from: entry) {
            throw KerasFileError(.zip(.headersDiffer(field)), path: name, offset: start)
        }
        let offset = start + UInt64(count)
        guard entry.compressedSize <= members.size - offset else { throw KerasFileError(.zip(.overlap), path: name, offset: offset) }
        return Member(
            name: name ?? "", method: entry.method == 0 ? .stored : .deflated, size: entry.size,
            compressedSize: entry.compressedSize, checksum: entry.checksum, offset: offset)
    }

    /// Members follow one another from the first byte to the directory: nothing is shared and nothing hidden.
    private static func checkExtents(
        _ entries: [ZipHeader], _ members: [Member], _ end: ZipEndRecord
    ) throws(KerasFileError) {
        var reached: UInt64 = 0
        for (entry, member) in zip(entries, members).sorted(by: { $0.0.localOffset < $1.0.localOffset }) {
            if entry.localOffset != reached {
                throw KerasFileError(.zip(entry.localOffset < reached ? .overlap : .gap), path: member.name, offset: reached)
            }
            reached = member.offset + member.compressedSize
        }
        guard reached == end.directoryOffset else { throw KerasFileError(.zip(.gap), offset: reached) }
    }
}

extension Limits {
    fileprivate func check(
        _ limit: KerasFileError.Limit, _ found: UInt64, _ allowed: UInt64, path: String? = nil
    ) throws(KerasFileError) {
        if found > allowed { throw KerasFileError(.limitExceeded(limit, found: found, limit: allowed), path: path) }
    }
}

extension ByteSource {
    /// The CRC-32 of all bytes. Reads them in blocks of 1 MiB.
    public func checksum() throws(KerasFileError) -> UInt32 {
        var sum = CRC32()
        var position: UInt64 = 0
        while position < size {
            let block = try read(at: position, count: Int(min(1 << 20, size - position)))
            sum.update(block.span.bytes)
            position += UInt64(block.count)
        }
        return sum.value
    }
}
