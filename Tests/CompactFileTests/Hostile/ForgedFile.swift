import NNInference

/// A `.nnc` file taken apart, to be put together again with something wrong in it and every checksum right: what a reader must
/// refuse for its content.
struct ForgedFile {
    struct Part {
        var kind: UInt16
        var bytes: [UInt8]
        var reserved: UInt16 = 0
        /// Nil for the right one.
        var checksum: UInt32?
        /// Nil for the right one.
        var length: UInt64?
        /// Bytes between the section before and this one, as far as they are not zero.
        var paddingByte: UInt8 = 0
    }

    var container: UInt16 = 1
    var operationSet: UInt16
    var alignmentExponent: UInt8
    var flags: UInt8 = 0
    var sectionCount: UInt16?
    var length: UInt64?
    var reserved: UInt32 = 0
    var parts: [Part]
    var trailing: [UInt8] = []

    init(_ bytes: [UInt8]) throws {
        let layout = try FileLayout(bytes.span.bytes)
        operationSet = layout.header.operationSet
        alignmentExponent = UInt8(layout.header.alignment.trailingZeroBitCount)
        parts = layout.sections.map { Part(kind: $0.rawKind, bytes: Array(bytes[$0.range])) }
    }

    subscript(kind: SectionKind) -> [UInt8] {
        get { parts.first { $0.kind == kind.rawValue }?.bytes ?? [] }
        set {
            guard let index = parts.firstIndex(where: { $0.kind == kind.rawValue }) else { return }
            parts[index].bytes = newValue
        }
    }

    mutating func change(_ kind: SectionKind, _ body: (inout Part) -> Void) {
        guard let index = parts.firstIndex(where: { $0.kind == kind.rawValue }) else { return }
        body(&parts[index])
    }

    func bytes() -> [UInt8] {
        let tableEnd = 32 + 16 * parts.count
        var body: [UInt8] = []
        var table: [UInt8] = []
        for part in parts {
            let isData = part.kind == SectionKind.data.rawValue
            while (tableEnd + body.count) % (isData ? 1 << Int(alignmentExponent) : 4) != 0 { body.append(part.paddingByte) }
            table.put(part.kind)
            table.put(part.reserved)
            table.put(part.checksum ?? (isData ? 0 : CRC32C.checksum(part.bytes.span.bytes)))
            table.put(part.length ?? UInt64(part.bytes.count))
            body += part.bytes
        }
        var bytes: [UInt8] = [0x8E, 0x4E, 0x4E, 0x43, 0x0D, 0x0A, 0x1A, 0x0A]
        bytes.put(container)
        bytes.put(operationSet)
        bytes.append(alignmentExponent)
        bytes.append(flags)
        bytes.put(sectionCount ?? UInt16(parts.count))
        bytes.put(length ?? UInt64(tableEnd + body.count))
        var crc = CRC32C()
        var covered = bytes
        covered.put(UInt32(0))
        covered.put(reserved)
        covered += table
        crc.update(covered.span.bytes)
        bytes.put(crc.value)
        bytes.put(reserved)
        return bytes + table + body + trailing
    }
}

extension [UInt8] {
    mutating func put<Field: FixedWidthInteger & UnsignedInteger>(_ field: Field) {
        for place in 0..<Field.bitWidth / 8 { append(UInt8(truncatingIfNeeded: field >> Field(8 * place))) }
    }

    /// Replaces the bytes at `offset` by a field.
    mutating func set<Field: FixedWidthInteger & UnsignedInteger>(_ field: Field, at offset: Int) {
        var bytes: [UInt8] = []
        bytes.put(field)
        replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
}
