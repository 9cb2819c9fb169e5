/// The bytes around the members of a zip archive: computes them, writes nothing. Whoever writes the archive asks for each
/// member's header, writes it and the member's content after it, and ends with ``directory()``:
///
///     var zip = ZipWriter()
///     try file.write(zip.header(name: "config.json", size: UInt64(json.count), checksum: CRC32.of(json)))
///     try file.write(json)
///     try file.write(zip.directory())
///
/// Members are stored, dated 1980-01-01, without data descriptors or attributes that depend on the machine: the same members
/// give the same bytes. 64-bit sizes and offsets (zip64) are used where the others cannot hold them.
public struct ZipWriter: Sendable {
    private struct Entry: Sendable {
        let name: [UInt8]
        let flags: UInt16
        let size: UInt64
        let checksum: UInt32
        let offset: UInt64
    }

    private var entries: [Entry] = []
    private var names: Set<String> = []
    private var position: UInt64 = 0

    public init() {}

    /// What comes before a content of `size` bytes with the given CRC-32.
    /// Throws `.zip(.duplicateName)` and `.zip(.name)` for names that ``ZipArchive`` would refuse.
    public mutating func header(name: String, size: UInt64, checksum: UInt32) throws(KerasFileError) -> [UInt8] {
        do { try ZipName.check(name) } catch { throw KerasFileError(.zip(error), path: name) }
        let bytes = Array(name.utf8)
        guard bytes.count <= Limits().nameBytes else {
            throw KerasFileError(
                .limitExceeded(.nameBytes, found: UInt64(bytes.count), limit: UInt64(Limits().nameBytes)), path: name)
        }
        guard names.insert(name).inserted else { throw KerasFileError(.zip(.duplicateName), path: name) }
        let flags = bytes.allSatisfy { $0 < 0x80 } ? 0 : ZipName.utf8Flag
        let entry = Entry(name: bytes, flags: flags, size: size, checksum: checksum, offset: position)
        let wide = size >= UInt32.max
        var header = Fields()
        header.append(0x0403_4B50 as UInt32)
        header.append(wide ? 45 : 20 as UInt16)
        header.append(entry, wide: wide)
        header.append(UInt16(wide ? 20 : 0))
        header.bytes += bytes
        if wide {
            header.append(1 as UInt16)
            header.append(16 as UInt16)
            header.append(size)
            header.append(size)
        }
        entries.append(entry)
        position += UInt64(header.bytes.count) + size
        return header.bytes
    }

    /// What comes after the last member.
    public func directory() -> [UInt8] {
        var fields = Fields()
        for entry in entries {
            let (wideSize, wideOffset) = (entry.size >= UInt32.max, entry.offset >= UInt32.max)
            let wide = wideSize || wideOffset
            fields.append(0x0201_4B50 as UInt32)
            fields.append(0x0300 | (wide ? 45 : 20) as UInt16)  // made as on Unix
            fields.append(wide ? 45 : 20 as UInt16)
            fields.append(entry, wide: wideSize)
            let extra = (wideSize ? 16 : 0) + (wideOffset ? 8 : 0)
            fields.append(UInt16(extra == 0 ? 0 : extra + 4))
            fields.append(0 as UInt16)  // comment
            fields.append(0 as UInt16)  // disk
            fields.append(0 as UInt16)  // internal attributes
            fields.append(0o100644 << 16 as UInt32)  // a file its owner may write and all may read
            fields.append(UInt32(clamping: wideOffset ? .max : entry.offset))
            fields.bytes += entry.name
            if wide {
                fields.append(1 as UInt16)
                fields.append(UInt16(extra))
                if wideSize { fields.append(entry.size) }
                if wideSize { fields.append(entry.size) }
                if wideOffset { fields.append(entry.offset) }
            }
        }
        appendEnd(&fields)
        return fields.bytes
    }

    private func appendEnd(_ fields: inout Fields) {
        let (count, size) = (UInt64(entries.count), UInt64(fields.bytes.count))
        if count >= UInt16.max || size >= UInt32.max || position >= UInt32.max {
            let start = position + size
            fields.append(0x0606_4B50 as UInt32)
            fields.append(44 as UInt64)
            fields.append(0x0300 | 45 as UInt16)
            fields.append(45 as UInt16)
            fields.append(0 as UInt64)  // disks
            for value in [count, count, size, position] { fields.append(value) }
            fields.append(0x0706_4B50 as UInt32)
            fields.append(0 as UInt32)
            fields.append(start)
            fields.append(1 as UInt32)
        }
        fields.append(0x0605_4B50 as UInt32)
        fields.append(0 as UInt32)  // disks
        fields.append(UInt16(clamping: count))
        fields.append(UInt16(clamping: count))
        fields.append(UInt32(clamping: size))
        fields.append(UInt32(clamping: position))
        fields.append(0 as UInt16)
    }

    /// Little-endian fields one after the other.
    private struct Fields {
        var bytes: [UInt8] = []

        mutating func append<T: FixedWidthInteger>(_ value: T) {
            for shift in stride(from: 0, to: T.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> T(shift))) }
        }

        /// The fields that local headers and directory entries share, from the flags to the name's length.
        mutating func append(_ entry: Entry, wide: Bool) {
            append(entry.flags)
            append(0 as UInt16)  // stored
            append(0 as UInt16)  // 00:00:00
            append(0x0021 as UInt16)  // 1980-01-01
            append(entry.checksum)
            append(wide ? .max : UInt32(truncatingIfNeeded: entry.size))
            append(wide ? .max : UInt32(truncatingIfNeeded: entry.size))
            append(UInt16(truncatingIfNeeded: entry.name.count))
        }
    }
}
