/// In what way bytes are not a zip archive that means one thing to every reader. Names follow PKWARE's APPNOTE.
///
/// Readers of zip archives disagree about damaged, doubled and hidden parts; whatever they could disagree about is refused.
public enum ZipProblem: Error, Equatable, Sendable {
    /// The last 22 bytes are not an end-of-directory record without a comment: cut short, something appended, or a comment,
    /// in which another archive can hide.
    case noEndRecord
    /// The end records contradict each other, or the directory does not end where they begin.
    case endRecord
    /// Part of an archive that is spread over several disks.
    case spanned
    /// A directory entry or a local header without its signature, or with fields that reach beyond its end.
    case header
    /// The directory has another number of entries, or of bytes, than the end record says.
    case directorySize
    /// A header's extra field is malformed, or its 64-bit sizes are not those its 32-bit sizes ask for.
    case extraField(UInt16)
    /// The local header says something else than the directory.
    case headersDiffer(Field)
    /// Two members claim the same bytes.
    case overlap
    /// Bytes between, before or after the members belong to none.
    case gap
    /// Two members have the same name, up to letter case where ``ZipArchive/NameRule`` says so.
    case duplicateName
    case name(NameFlaw)
    case encrypted
    /// Sizes and checksum follow the member instead of preceding it (general purpose bit 3).
    case dataDescriptor
    /// General purpose bits that change the meaning of a member.
    case flags(UInt16)
    /// Neither stored (0) nor deflated (8).
    case method(UInt16)
    /// A stored member's two sizes differ, or a folder has contents.
    case size
    /// More than 1,100 bytes declared per compressed byte: deflate reaches 1,032.
    case ratio
    /// The compressed bytes are damaged, end early or are followed by others.
    case deflate
    /// The member inflates to fewer or more bytes than declared.
    case inflatedSize(declared: UInt64)
    case checksum(stored: UInt32, computed: UInt32)
    case noSuchMember

    /// What a directory entry and a local header both say.
    public enum Field: String, Equatable, Sendable {
        case name, flags, method, checksum, compressedSize, size
    }

    /// Why a name is refused. Nothing is ever extracted to a disk; a name is a key, and must be a plain one.
    public enum NameFlaw: String, Equatable, Sendable {
        case empty, encoding, controlCharacter, backslash, absolute, driveLetter
        /// An empty, `.` or `..` component.
        case component
    }
}
