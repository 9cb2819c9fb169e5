/// Texts to the places of their tokens in a table: made alike, split, looked up.
public struct TextVectorization: OperationRecord {
    public static let kind = OperationKind.textVectorization

    public struct Flags: OptionSet, Hashable, Sendable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// A to Z become a to z. Other letters stay, as TensorFlow leaves them.
        public static let lowercases = Flags(rawValue: 1)
        /// The 32 punctuation characters of ASCII are left out.
        public static let stripsPunctuation = Flags(rawValue: 2)
    }

    /// Raw values are part of the file format.
    public enum Split: UInt8, Hashable, Sendable {
        /// Each element along axis 1 is a token.
        case elements = 0
        /// At runs of the white space of ASCII.
        case whitespace = 1
        /// Each character (Unicode scalar) is a token.
        case characters = 2
    }

    /// Raw values are part of the file format.
    public enum Output: UInt8, Hashable, Sendable {
        /// The places of the first `size` tokens, then zeros: whole numbers `[batch, size]`.
        case sequence = 0
        /// `[batch, size]`: a one for each place that occurs.
        case multiHot = 1
        /// `[batch, size]`: how often each place occurs.
        case count = 2
    }

    public var input: ValueID
    public var flags: Flags
    public var split: Split
    /// Tokens are as many neighbours as each of these numbers says, joined by a space; first all of the first width. Empty: single ones.
    public var widths: [Int]
    public var table: SortedTable
    /// The place of tokens that the table does not have.
    public var unknown: Int
    public var output: Output
    public var size: Int

    public init(
        input: ValueID, flags: Flags, split: Split, widths: [Int] = [], table: SortedTable, unknown: Int, output: Output, size: Int
    ) {
        self.input = input
        self.flags = flags
        self.split = split
        self.widths = widths
        self.table = table
        self.unknown = unknown
        self.output = output
        self.size = size
    }

    package init() {
        self.init(input: ValueID(0), flags: [], split: .elements, table: SortedTable(), unknown: 0, output: .sequence, size: 1)
    }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.flags(&flags, all: [.lowercases, .stripsPunctuation])
        try visitor.choice(&split)
        try visitor.integers(&widths, in: 1...Int(Int32.max))
        try table.visit(&visitor)
        try visitor.integer(&unknown, in: 0...1)
        try visitor.choice(&output)
        try visitor.integer(&size, in: 1...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input, .text)
        try table.require(context)
        guard table.entries.ends != nil else { throw ProgramError(.tensorType(tensor: table.entries.elements.index)) }
        let rank = split == .elements ? 2 : 1
        guard shape.rank == rank else { throw ProgramError(.rank(expected: rank, found: shape.rank)) }
        return [ValueInfo(output == .sequence ? .int32 : .number, Shape([shape[0], size]))]
    }
}
