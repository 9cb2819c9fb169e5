/// Where the directory of an archive lies and how many entries it has.
struct ZipEndRecord {
    var entries: UInt64
    var directoryOffset: UInt64
    var directorySize: UInt64

    private static let size: UInt64 = 22
    private static let locatorSize: UInt64 = 20
    private static let size64: UInt64 = 56

    /// Reads the record from the very end of `source`, without searching: where a reader searches, it can be led astray.
    /// The 64-bit record counts when its locator is there, as for Python's `zipfile`, and must agree with the other.
    init(_ source: ByteSource) throws(KerasFileError) {
        guard source.size >= Self.size else { throw KerasFileError(.zip(.noEndRecord), offset: source.size) }
        let start = source.size - Self.size
        var record = ByteCursor(try source.read(at: start, count: Int(Self.size)), at: start, .archive)
        guard try record.u32() == 0x0605_4B50 else { throw KerasFileError(.zip(.noEndRecord), offset: start) }
        let (disk, directoryDisk) = (try record.u16(), try record.u16())
        let (entriesHere, entries) = (try record.u16(), try record.u16())
        let (directorySize, directoryOffset) = (try record.u32(), try record.u32())
        guard try record.u16() == 0 else { throw KerasFileError(.zip(.noEndRecord), offset: start) }
        guard disk == 0, directoryDisk == 0, entriesHere == entries else { throw KerasFileError(.zip(.spanned), offset: start) }
        self.entries = UInt64(entries)
        self.directoryOffset = UInt64(directoryOffset)
        self.directorySize = UInt64(directorySize)

        var end = start
        if let start64 = try Self.locate64(source, before: start) {
            let narrow = self
            try read64(source, at: start64)
            let agrees =
                (entries == .max || narrow.entries == self.entries)
                && (directorySize == .max || narrow.directorySize == self.directorySize)
                && (directoryOffset == .max || narrow.directoryOffset == self.directoryOffset)
            guard agrees else { throw KerasFileError(.zip(.endRecord), offset: start64) }
            end = start64
        }
        let (directoryEnd, overflow) = self.directoryOffset.addingReportingOverflow(self.directorySize)
        guard !overflow, directoryEnd == end else { throw KerasFileError(.zip(.endRecord), offset: start) }
    }

    /// Where the 64-bit end record lies, if there is a locator just before the end record.
    private static func locate64(_ source: ByteSource, before start: UInt64) throws(KerasFileError) -> UInt64? {
        guard start >= locatorSize else { return nil }
        let place = start - locatorSize
        var locator = ByteCursor(try source.read(at: place, count: Int(locatorSize)), at: place, .archive)
        guard try locator.u32() == 0x0706_4B50 else { return nil }
        let disk = try locator.u32()
        let offset = try locator.u64()
        guard disk == 0, try locator.u32() == 1 else { throw KerasFileError(.zip(.spanned), offset: place) }
        guard place >= size64, offset == place - size64 else { throw KerasFileError(.zip(.endRecord), offset: place) }
        return offset
    }

    private mutating func read64(_ source: ByteSource, at start: UInt64) throws(KerasFileError) {
        var record = ByteCursor(try source.read(at: start, count: Int(Self.size64)), at: start, .archive)
        // The record's size does not count its first 12 bytes.
        guard try record.u32() == 0x0606_4B50, try record.u64() == Self.size64 - 12 else {
            throw KerasFileError(.zip(.endRecord), offset: start)
        }
        try record.skip(4)  // versions
        let (disk, directoryDisk) = (try record.u32(), try record.u32())
        let entriesHere = try record.u64()
        entries = try record.u64()
        directorySize = try record.u64()
        directoryOffset = try record.u64()
        guard disk == 0, directoryDisk == 0, entriesHere == entries else { throw KerasFileError(.zip(.spanned), offset: start) }
    }
}
