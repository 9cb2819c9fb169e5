/// Why bytes are not an acceptable `.nnc` file, and where. Carries what a message needs; the words are made by whoever shows it.
public struct FormatError: Error, Hashable, Sendable {
    public var reason: Reason
    /// Of the first byte concerned, from the start of the file.
    public var offset: UInt64

    public init(_ reason: Reason, at offset: UInt64) {
        self.reason = reason
        self.offset = offset
    }

    init(_ reason: Reason, at offset: Int) {
        self.init(reason, at: UInt64(offset))
    }

    public enum Reason: Hashable, Sendable {
        /// The first eight bytes are not those of a `.nnc` file.
        case signature(Resemblance)
        /// Fewer bytes than the part that begins here needs.
        case truncated(needed: UInt64, available: UInt64)
        /// The file's size differs from the one it declares: it was cut off, or something was appended.
        case length(declared: UInt64, found: UInt64)
        /// A file that this machine's addresses cannot reach.
        case tooLarge(UInt64)
        /// A container version or operation set that this build does not know.
        case containerVersion(UInt16)
        case operationSet(UInt16)
        case alignment(UInt8)
        /// A field that must be zero is not.
        case reserved
        /// A byte between two sections or tensors is not zero.
        case padding
        case checksum(Part)

        case sectionCount(UInt16)
        /// A section kind that stands twice or out of order.
        case sectionOrder(UInt16)
        /// A section that this build does not know and that may not be skipped.
        case unknownSection(UInt16)
        case missingSection(SectionKind)
        /// A section that cannot be there in this file: names without a program, say.
        case unexpectedSection(SectionKind)
        /// A section ends before its content does, or after it.
        case sectionLength(SectionKind)

        /// More of something than the format allows, or than the section can hold.
        case count(UInt64)
        case elementType(UInt8)
        case layout(UInt8)
        case rank(UInt8)
        case dimension(UInt32)
        /// A tensor's dimensions lie outside the table of dimensions, or the table has numbers that no tensor uses.
        case dimensions
        /// A tensor with more bytes than any file can have.
        case shapeOverflow
        /// The tensors do not fill the data section exactly.
        case dataLength(declared: UInt64, needed: UInt64)

        case valueType(UInt8)
        case program(ProgramError)
        /// The set of operation kinds does not say what the program uses.
        case operationKinds

        /// A name that is not UTF-8, does not end, or does not follow its predecessor in order.
        case name
        /// A name that nothing refers to, or a reference to no name.
        case nameIndex(UInt16)
        /// A number that is not finite where it must be, or bounds in the wrong order.
        case number
    }

    /// What a checksum protects.
    public enum Part: Hashable, Sendable {
        /// The header and the section table.
        case header
        /// A section, by its kind's number.
        case section(UInt16)
        /// A tensor, by its place in the table.
        case tensor(Int)
    }

    /// What the first bytes look like instead.
    public enum Resemblance: Hashable, Sendable {
        case unknown
        /// A `.nnc` file after a transfer that changed line endings or cleared the highest bits.
        case damagedInTransfer
        /// A `.nnc` magic with its bytes reversed.
        case byteSwapped
        case hdf5
        case zip
        case gguf
        case json
    }
}
