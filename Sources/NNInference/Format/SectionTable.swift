/// The section table: kind, checksum and length of each section; where a section lies follows from those before it.
enum SectionTable {
    /// What every section but the data section is aligned to.
    static let alignment: UInt64 = 4

    /// Reads the table, lays the sections out and checks all but the data section, padding included.
    static func read(_ header: FileHeader, _ bytes: RawSpan) throws(FormatError) -> [Section] {
        var entries = FieldReader(FileHeader.size..<header.tableEnd, of: nil)
        var sections: [Section] = []
        var end = UInt64(header.tableEnd)
        var previous: UInt16 = 0
        for _ in 0..<header.sectionCount {
            let place = entries.position
            let kind = try entries.u16(bytes)
            try entries.zero(UInt16.self, bytes)
            let checksum = try entries.u32(bytes)
            let length = try entries.u64(bytes)
            guard kind & ~SectionKind.criticalBit > previous else { throw FormatError(.sectionOrder(kind), at: place) }
            previous = kind & ~SectionKind.criticalBit
            guard SectionKind(rawValue: kind) != nil || kind & SectionKind.criticalBit == 0 else {
                throw FormatError(.unknownSection(kind), at: place)
            }
            let isData = kind == SectionKind.data.rawValue
            guard !isData || checksum == 0 else { throw FormatError(.reserved, at: place + 4) }

            // Below the file's length, which is an Int, nothing can overflow when it is rounded up.
            let start = end.roundedUp(to: isData ? UInt64(header.alignment) : alignment)
            guard start <= UInt64(header.length), length <= UInt64(header.length) - start else {
                throw FormatError(.truncated(needed: length, available: start <= UInt64(header.length) ? UInt64(header.length) - start : 0), at: start)
            }
            let section = Section(rawKind: kind, range: Int(start)..<Int(start + length), checksum: checksum)
            try check(section, after: Int(end), bytes)
            sections.append(section)
            end = start + length
        }
        guard end == UInt64(header.length) else { throw FormatError(.length(declared: UInt64(header.length), found: end), at: 16) }
        return sections
    }

    private static func check(_ section: Section, after end: Int, _ bytes: RawSpan) throws(FormatError) {
        let needed = section.kind == .data ? section.range.lowerBound : section.range.upperBound
        guard needed <= bytes.byteCount else {
            throw FormatError(.truncated(needed: UInt64(needed), available: UInt64(bytes.byteCount)), at: 0)
        }
        if let offset = bytes.firstNonZero(in: end..<section.range.lowerBound) { throw FormatError(.padding, at: offset) }
        guard section.kind != .data else { return }
        guard CRC32C.checksum(bytes.extracting(section.range)) == section.checksum else {
            throw FormatError(.checksum(.section(section.rawKind)), at: section.range.lowerBound)
        }
    }
}
