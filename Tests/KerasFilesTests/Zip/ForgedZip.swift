import CZlib
import KerasFiles

/// An archive put together field by field, so that any of them can lie.
struct ForgedZip {
    struct Header {
        var signature: UInt32
        var flags: UInt16 = 0
        var method: UInt16
        var checksum: UInt32
        var compressedSize: UInt32
        var size: UInt32
        var name: [UInt8]
        var extra: [UInt8] = []
    }

    struct Member {
        var local: Header
        var central: Header
        /// Where the directory says that the local header is; nil: where it is.
        var offset: UInt32?
        var disk: UInt16 = 0
        var contents: [UInt8]
        /// Not written; for several directory entries over one local header.
        var isPhantom = false

        /// Both headers truthful.
        init(_ name: String, _ contents: [UInt8], deflated: Bool = false) {
            let stored = deflated ? deflate(contents) : contents
            let header = Header(
                signature: 0x0403_4B50, method: deflated ? 8 : 0, checksum: CRC32.of(contents),
                compressedSize: UInt32(stored.count), size: UInt32(contents.count), name: Array(name.utf8))
            local = header
            central = header
            central.signature = 0x0201_4B50
            self.contents = stored
        }

        /// Makes both headers tell the same lie.
        mutating func both(_ change: (inout Header) -> Void) {
            change(&local)
            change(&central)
        }
    }

    var members: [Member]
    var before: [UInt8] = []
    /// Between the members and the directory.
    var gap: [UInt8] = []
    var entries: UInt16?
    var entriesHere: UInt16?
    var disk: UInt16 = 0
    var directorySize: UInt32?
    var directoryOffset: UInt32?
    var comment: [UInt8] = []
    var after: [UInt8] = []
    /// Written between the directory and the end record, given where it starts.
    var wideEnd: ((UInt64) -> [UInt8])?

    init(_ members: Member...) { self.members = members }

    var bytes: [UInt8] {
        var bytes = before
        var offsets: [UInt32] = []
        for member in members {
            offsets.append(member.offset ?? UInt32(bytes.count))
            guard !member.isPhantom else { continue }
            bytes += le(member.local.signature) + le(20 as UInt16) + common(member.local) + member.local.name
            bytes += member.local.extra + member.contents
        }
        bytes += gap
        let start = bytes.count
        for (member, offset) in zip(members, offsets) {
            bytes += le(member.central.signature) + le(20 as UInt16) + le(20 as UInt16) + common(member.central)
            bytes += le(0 as UInt16) + le(member.disk) + le(0 as UInt16) + le(0 as UInt32) + le(offset)
            bytes += member.central.name + member.central.extra
        }
        let size = bytes.count - start
        if let wideEnd { bytes += wideEnd(UInt64(bytes.count)) }
        bytes += le(0x0605_4B50 as UInt32) + le(disk) + le(disk)
        bytes += le(entriesHere ?? entries ?? UInt16(members.count)) + le(entries ?? UInt16(members.count))
        bytes += le(directorySize ?? UInt32(size)) + le(directoryOffset ?? UInt32(start)) + le(UInt16(comment.count))
        return bytes + comment + after
    }

    private func common(_ header: Header) -> [UInt8] {
        le(header.flags) + le(header.method) + le(0 as UInt16) + le(0x21 as UInt16) + le(header.checksum)
            + le(header.compressedSize) + le(header.size) + le(UInt16(header.name.count)) + le(UInt16(header.extra.count))
    }
}

/// A zip64 end record with its locator, telling the truth unless told otherwise.
func wideEnd(
    at start: UInt64, entries: UInt64, size: UInt64, offset: UInt64, recordSize: UInt64 = 44, locator: UInt64? = nil,
    disks: UInt32 = 1
) -> [UInt8] {
    let record: [UInt8] =
        le(0x0606_4B50 as UInt32) + le(recordSize) + le(45 as UInt16) + le(45 as UInt16) + le(0 as UInt64)
        + le(entries) + le(entries) + le(size) + le(offset)
    return record + le(0x0706_4B50 as UInt32) + le(0 as UInt32) + le(locator ?? start) + le(disks)
}

func le<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T(8 * $0)) }
}

/// Raw deflate, as in zip archives.
func deflate(_ bytes: [UInt8]) -> [UInt8] {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    defer { stream.deallocate() }
    stream.initialize(to: z_stream())
    guard nnconv_deflateInit2(stream, 9, -15, 9) == Z_OK else { return [] }
    defer { deflateEnd(stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(stream, uLong(bytes.count))))
    let room = output.count
    input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            stream.pointee.next_in = source.baseAddress
            stream.pointee.avail_in = uInt(source.count)
            stream.pointee.next_out = target.baseAddress
            stream.pointee.avail_out = uInt(target.count)
            _ = CZlib.deflate(stream, Z_FINISH)
        }
    }
    return Array(output.prefix(room - Int(stream.pointee.avail_out)))
}

/// What opening an archive, and reading all its members, throws.
func zipError(
    _ bytes: [UInt8], limits: Limits = Limits(), names: ZipArchive.NameRule = .ignoringCase
) -> KerasFileError? {
    do throws(KerasFileError) {
        let archive = try ZipArchive(source: ByteSource(bytes), limits: limits, names: names)
        for member in archive.members { _ = try archive.source(of: member.name) }
        return nil
    } catch {
        return error
    }
}

func zipProblem(_ archive: ForgedZip, limits: Limits = Limits(), names: ZipArchive.NameRule = .ignoringCase) -> ZipProblem? {
    guard case .zip(let problem) = zipError(archive.bytes, limits: limits, names: names)?.kind else { return nil }
    return problem
}
