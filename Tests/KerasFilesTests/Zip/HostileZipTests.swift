import KerasFiles
import Testing

/// Archives that other readers accept, or read differently from one another. One test per way.
@Suite struct HostileZipTests {
    private let text = Array("harmless".utf8)
    private var plain: ForgedZip { ForgedZip(.init("a", text)) }

    private func changed(_ change: (inout ForgedZip) -> Void) -> ForgedZip {
        var forged = plain
        change(&forged)
        return forged
    }

    // MARK: Contents

    @Test func bombsAreStoppedByDeclaredSizeBeforeInflating() {
        var limits = Limits()
        limits.inflatedBytes = 1_000_000
        let half = [UInt8](repeating: 0, count: 600_000)
        #expect(zipError(ForgedZip(.init("a", half, deflated: true)).bytes, limits: limits) == nil)
        let two = ForgedZip(.init("a", half, deflated: true), .init("b", half, deflated: true))
        #expect(
            zipError(two.bytes, limits: limits)
                == KerasFileError(.limitExceeded(.inflatedBytes, found: 1_200_000, limit: 1_000_000), path: "b"))
    }

    @Test func oneGibibyteInOneMegabyteIsTooMuchByDefault() {
        var forged = ForgedZip(.init("a", [UInt8](repeating: 0, count: 1_043_702)))
        forged.members[0].both {
            $0.method = 8
            $0.size = 1 << 30
        }
        #expect(zipError(forged.bytes)?.kind == .limitExceeded(.inflatedBytes, found: 1 << 30, limit: 512 << 20))
    }

    @Test func declaredSizesNear64Bits() {
        var forged = ForgedZip(.init("a", text, deflated: true))
        for (compressed, problem) in [(UInt64.max / 1_100 + 1, ZipProblem.overlap), (.max / 1_100, .ratio), (.max, .overlap)] {
            forged.members[0].both {
                $0.size = .max
                $0.compressedSize = .max
                $0.extra = le(1 as UInt16) + le(16 as UInt16) + le(UInt64.max) + le(compressed)
            }
            #expect(zipProblem(forged) == problem)
        }
    }

    @Test func impossibleRatio() {
        let forged = changed {
            $0.members = [.init("a", [0], deflated: true)]
            $0.members[0].both { $0.size = UInt32($0.compressedSize) * 1_100 + 1 }
        }
        #expect(zipProblem(forged) == .ratio)
    }

    @Test(arguments: [1, 100, 65_536, 199_999, 230_000]) func inflatesToAnotherSizeThanBothHeadersDeclare(size: UInt32) {
        let contents = [UInt8](repeating: 0, count: 196_000) + (0..<4_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
        var forged = ForgedZip(.init("a", contents, deflated: true))
        forged.members[0].both { $0.size = size }
        #expect(zipProblem(forged) == .inflatedSize(declared: UInt64(size)))
    }

    @Test func inflatedSizeInTheDirectoryAlone() {
        var forged = ForgedZip(.init("a", text, deflated: true))
        forged.members[0].central.size = 100
        #expect(zipProblem(forged) == .headersDiffer(.size))
    }

    @Test func storedSizesThatDiffer() {
        #expect(zipProblem(changed { $0.members[0].both { $0.size = 4_000_000_000 } }) == .size)
    }

    @Test func storedSizePastTheEnd() {
        let forged = changed {
            $0.members[0].both {
                $0.size = 60_000
                $0.compressedSize = 60_000
            }
        }
        #expect(zipProblem(forged) == .overlap)
    }

    @Test(arguments: [false, true]) func checksumMismatch(deflated: Bool) {
        var forged = ForgedZip(.init("a", text, deflated: deflated))
        forged.members[0].both { $0.checksum ^= 1 }
        let computed = CRC32.of(text)
        #expect(zipProblem(forged) == .checksum(stored: computed ^ 1, computed: computed))
    }

    @Test func damagedDeflateStream() {
        var forged = ForgedZip(.init("a", text, deflated: true))
        forged.members[0].contents[0] = 0xFF
        #expect(zipProblem(forged) == .deflate)
    }

    @Test func deflateStreamThatEndsEarlyOrIsFollowedByBytes() {
        var early = ForgedZip(.init("a", text, deflated: true))
        early.members[0].contents.removeLast()
        early.members[0].both { $0.compressedSize -= 1 }
        #expect(zipProblem(early) == .deflate)
        var late = ForgedZip(.init("a", text, deflated: true))
        late.members[0].contents.append(0)
        late.members[0].both { $0.compressedSize += 1 }
        #expect(zipProblem(late) == .deflate)
    }

    // MARK: Names

    @Test func duplicateNames() {
        let same = ForgedZip(.init("a", [1]), .init("a", [2]))
        #expect(zipProblem(same) == .duplicateName)
        let folded = ForgedZip(.init("Config.json", [1]), .init("config.JSON", [2]))
        #expect(zipProblem(folded) == .duplicateName)
        #expect(zipError(folded.bytes, names: .exact) == nil)
        // The same text in composed and decomposed letters.
        var composed = ForgedZip(.init("\u{E9}", [1]), .init("e\u{301}", [2]))
        for index in 0..<2 { composed.members[index].both { $0.flags = 0x0800 } }
        #expect(zipProblem(composed, names: .exact) == .duplicateName)
    }

    @Test(arguments: [
        ("../a", ZipProblem.NameFlaw.component), ("a/../b", .component), ("a/..", .component), ("./a", .component),
        ("a//b", .component), ("a//", .component), (".", .component), ("..", .component), ("/etc/passwd", .absolute), ("/", .absolute),
        ("a\\b", .backslash), ("C:a", .driveLetter), ("c:\\a", .backslash), ("", .empty), ("a\0b", .controlCharacter),
        ("a\nb", .controlCharacter), ("\u{1B}[2J", .controlCharacter), ("a\u{7F}", .controlCharacter),
    ])
    func oddNames(name: String, flaw: ZipProblem.NameFlaw) {
        #expect(zipProblem(ForgedZip(.init(name, text))) == .name(flaw))
    }

    @Test func longNames() {
        let forged = ForgedZip(.init(String(repeating: "n", count: 60_000), text))
        #expect(zipError(forged.bytes)?.kind == .limitExceeded(.nameBytes, found: 60_000, limit: 4_096))
    }

    @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3, 0xA9]] as [[UInt8]])
    func namesThatAreNeitherASCIINorMarkedAsUTF8(name: [UInt8]) {
        #expect(zipProblem(changed { $0.members[0].both { $0.name = name } }) == .name(.encoding))
    }

    @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]]) func namesThatAreNotTheUTF8TheyClaim(name: [UInt8]) {
        let forged = changed {
            $0.members[0].both {
                $0.name = name
                $0.flags = 0x0800
            }
        }
        #expect(zipProblem(forged) == .name(.encoding))
    }

    @Test func aFolderWithContents() {
        #expect(zipProblem(ForgedZip(.init("assets/", text))) == .size)
    }

    // MARK: Headers

    @Test func localHeadersThatContradictTheDirectory() {
        let lies: [((inout ForgedZip.Header) -> Void, ZipProblem)] = [
            ({ $0.name = [0x62] }, .headersDiffer(.name)),
            ({ $0.flags = 0x0800 }, .headersDiffer(.flags)),
            ({ $0.method = 8 }, .headersDiffer(.method)),
            ({ $0.checksum = 0 }, .headersDiffer(.checksum)),
            ({ $0.compressedSize = 0 }, .headersDiffer(.compressedSize)),
            ({ $0.size = 0 }, .headersDiffer(.size)),
            ({ $0.signature = 0 }, .header),
        ]
        for (lie, problem) in lies { #expect(zipProblem(changed { lie(&$0.members[0].local) }) == problem) }
    }

    @Test func manyEntriesOverOneMember() {
        var forged = plain
        for _ in 1..<200 {
            var copy = forged.members[0]
            copy.isPhantom = true
            copy.offset = 0
            forged.members.append(copy)
        }
        #expect(zipProblem(forged) == .duplicateName)
        for index in forged.members.indices.dropFirst() { forged.members[index].both { $0.name = Array("n\(index)".utf8) } }
        #expect(zipProblem(forged) == .headersDiffer(.name))
    }

    @Test func aMemberInsideAnother() {
        // The contents of `a` are the complete local header and contents of `b`.
        let inner = ForgedZip(.init("b", text))
        let size = 30 + 1 + text.count
        var forged = ForgedZip(.init("a", Array(inner.bytes.prefix(size))), inner.members[0])
        forged.members[1].isPhantom = true
        forged.members[1].offset = 31
        #expect(zipProblem(forged) == .overlap)
    }

    @Test(arguments: [0x0001, 0x0041, 0x2001] as [UInt16]) func encryption(flags: UInt16) {
        #expect(zipProblem(changed { $0.members[0].both { $0.flags = flags } }) == .encrypted)
    }

    @Test(arguments: [0x0017, 0x7075, 0x9901] as [UInt16]) func extraFieldsThatChangeNameOrContent(identifier: UInt16) {
        #expect(zipProblem(changed { $0.members[0].local.extra = le(identifier) + le(0 as UInt16) }) == .extraField(identifier))
        #expect(zipProblem(changed { $0.members[0].central.extra = le(identifier) + le(0 as UInt16) }) == .extraField(identifier))
    }

    @Test(arguments: [1, 9, 12, 14, 93, 95, 98, 99, 65535] as [UInt16]) func otherMethods(method: UInt16) {
        #expect(zipProblem(changed { $0.members[0].both { $0.method = method } }) == .method(method))
    }

    @Test func sizesAfterTheMember() {
        #expect(zipProblem(changed { $0.members[0].both { $0.flags = 8 } }) == .dataDescriptor)
    }

    @Test(arguments: [0x0002, 0x0010, 0x0020, 0x1000, 0x8000] as [UInt16]) func flagsThatMeanSomethingElse(flags: UInt16) {
        #expect(zipProblem(changed { $0.members[0].both { $0.flags = flags } }) == .flags(flags))
    }

    @Test func malformedExtraFields() {
        #expect(zipError(changed { $0.members[0].local.extra = [1] }.bytes)?.kind == .malformed(.archive, .size))
        #expect(zipError(changed { $0.members[0].local.extra = [9, 9, 1, 0] }.bytes)?.kind == .malformed(.archive, .size))
    }

    @Test func wideSizesThatAreMissingSuperfluousOrDoubled() {
        let field = le(1 as UInt16) + le(8 as UInt16) + le(UInt64(text.count))
        #expect(zipProblem(changed { $0.members[0].both { $0.size = .max } }) == .extraField(1))
        #expect(zipProblem(changed { $0.members[0].both { $0.extra = field } }) == .extraField(1))
        let doubled = changed {
            $0.members[0].both {
                $0.size = .max
                $0.extra = field + field
            }
        }
        #expect(zipProblem(doubled) == .extraField(1))
        let long = changed {
            $0.members[0].both {
                $0.size = .max
                $0.extra = le(1 as UInt16) + le(16 as UInt16) + le(UInt64(text.count)) + le(0 as UInt64)
            }
        }
        #expect(zipProblem(long) == .extraField(1))
    }

    /// numpy under Python up to 3.10 gives both sizes in the local header and once more in its wide field.
    @Test func wideSizesThatRepeatTheOthers() {
        let size = UInt64(text.count)
        func field(_ size: UInt64, _ compressed: UInt64) -> [UInt8] { le(1 as UInt16) + le(16 as UInt16) + le(size) + le(compressed) }
        #expect(zipError(changed { $0.members[0].local.extra = field(size, size) }.bytes) == nil)
        #expect(zipProblem(changed { $0.members[0].local.extra = field(size, size + 1) }) == .extraField(1))
        #expect(zipProblem(changed { $0.members[0].local.extra = field(size + 1, size) }) == .extraField(1))
        #expect(zipProblem(changed { $0.members[0].local.extra = field(size, size) + field(size, size) }) == .extraField(1))
        #expect(zipProblem(changed { $0.members[0].central.extra = field(size, size) }) == .extraField(1))
    }

    @Test func localHeaderOutsideTheFile() {
        for offset: UInt32 in [39, 10_000, .max - 1] {
            #expect(zipProblem(changed { $0.members[0].offset = offset }) == .header)
        }
        #expect(zipProblem(changed { $0.members[0].offset = .max }) == .extraField(1))
    }

    // MARK: The ends

    @Test func bytesBeforeTheArchive() {
        let shifted = changed { $0.before = Array("MZ".utf8) }
        #expect(zipProblem(shifted) == .gap)
        // With offsets that do not count them, as Python accepts.
        var unshifted = plain.bytes
        unshifted.insert(contentsOf: Array("MZ".utf8), at: 0)
        #expect(zipError(unshifted)?.kind == .zip(.endRecord))
    }

    @Test func bytesBetweenMembersAndDirectory() {
        #expect(zipProblem(changed { $0.gap = [0] }) == .gap)
    }

    @Test func bytesAfterTheArchive() {
        #expect(zipProblem(changed { $0.after = [0] }) == .noEndRecord)
    }

    @Test func anArchiveInsideTheComment() {
        let inner = ForgedZip(.init("a", Array("harmful".utf8))).bytes
        #expect(zipError(changed { $0.comment = inner }.bytes)?.kind == .zip(.endRecord))
        #expect(zipProblem(changed { $0.comment = Array("hello".utf8) }) == .noEndRecord)
    }

    @Test func aCommentWithAnEndRecordThatReachesOverTheOuterArchive() {
        // Its directory is the outer one, so that only the bytes in between give it away.
        var inner = Array(plain.bytes.suffix(22))
        inner[20] = 0
        #expect(zipError(changed { $0.comment = inner }.bytes)?.kind == .zip(.endRecord))
    }

    @Test func everyTruncation() {
        let bytes = ForgedZip(.init("a", text), .init("b", text, deflated: true)).bytes
        for count in 0..<bytes.count {
            #expect(zipError(Array(bytes.prefix(count)))?.kind == .zip(.noEndRecord))
        }
    }

    @Test func emptyAndOtherFiles() {
        #expect(zipError([])?.kind == .zip(.noEndRecord))
        #expect(zipError([UInt8](repeating: 0, count: 4_096))?.kind == .zip(.noEndRecord))
    }

    @Test func countsAndPlaceOfTheDirectory() {
        #expect(zipProblem(changed { $0.entries = 2 }) == .directorySize)
        #expect(zipProblem(changed { $0.entries = 0 }) == .directorySize)
        #expect(zipProblem(changed { $0.entriesHere = 0 }) == .spanned)
        #expect(zipProblem(changed { $0.disk = 1 }) == .spanned)
        #expect(zipProblem(changed { $0.members[0].disk = 1 }) == .spanned)
        for size: UInt32 in [0, 46, 48, .max] { #expect(zipProblem(changed { $0.directorySize = size }) == .endRecord) }
        for offset: UInt32 in [0, 38, 40, .max] { #expect(zipProblem(changed { $0.directoryOffset = offset }) == .endRecord) }
        #expect(zipProblem(changed { $0.members[0].central.signature = 0 }) == .header)
    }

    @Test func manyEntries() {
        var forged = ForgedZip()
        forged.members = (0..<1_001).map { .init("\($0)", []) }
        #expect(zipError(forged.bytes)?.kind == .limitExceeded(.archiveMembers, found: 1_001, limit: 1_000))
        forged.members.removeLast()
        #expect(zipError(forged.bytes) == nil)
    }

    @Test func wideEndRecordsThatLie() {
        func end(_ change: @escaping (UInt64) -> [UInt8]) -> ZipProblem? { zipProblem(changed { $0.wideEnd = change }) }
        #expect(end { wideEnd(at: $0, entries: 1, size: 47, offset: 39) } == nil)
        #expect(end { wideEnd(at: $0, entries: 0, size: 47, offset: 39) } == .endRecord)
        #expect(end { wideEnd(at: $0, entries: 1, size: 46, offset: 39) } == .endRecord)
        #expect(end { wideEnd(at: $0, entries: 1, size: 47, offset: 38) } == .endRecord)
        #expect(end { wideEnd(at: $0, entries: 1, size: 47, offset: 39, recordSize: 45) } == .endRecord)
        #expect(end { wideEnd(at: $0, entries: 1, size: 47, offset: 39, locator: 0) } == .endRecord)
        #expect(end { wideEnd(at: $0, entries: 1, size: 47, offset: 39, locator: .max) } == .endRecord)
        #expect(end { wideEnd(at: $0, entries: 1, size: 47, offset: 39, disks: 2) } == .spanned)
        #expect(end { Array(wideEnd(at: $0, entries: 1, size: 47, offset: 39).suffix(20)) } == .endRecord)
        let overflowing = changed {
            $0.wideEnd = { wideEnd(at: $0, entries: 1, size: .max, offset: 39) }
            $0.directorySize = .max
        }
        #expect(zipProblem(overflowing) == .endRecord)
    }

    /// A locator hidden in the last entry makes some readers follow it; its record must then be right as well.
    @Test func aLocatorInsideTheDirectory() {
        let locator = Array(wideEnd(at: 0, entries: 1, size: 1, offset: 1).suffix(20))
        let forged = changed { $0.members[0].central.extra = le(0x4B4E as UInt16) + le(20 as UInt16) + locator }
        #expect(zipProblem(forged) == .endRecord)
    }
}
