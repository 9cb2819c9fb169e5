/// The entries of a table: 64-bit whole numbers, or texts that lie one after the other in a tensor of bytes.
public struct TableEntries: Hashable, Sendable {
    /// i64 `[entries]`, or u8 `[bytes]`.
    public var elements: TensorID
    /// For texts u32 `[entries]`: where each ends.
    public var ends: TensorID?

    public init(elements: TensorID = TensorID(0), ends: TensorID? = nil) {
        self.elements = elements
        self.ends = ends
    }

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.tensor(&elements)
        try visitor.optionalTensor(&ends)
    }

    /// The number of entries.
    func require(_ context: ShapeContext) throws(ProgramError) -> Int {
        guard let ends else { return try context.require(elements, list: .int64) }
        _ = try context.require(elements, list: .uint8)
        return try context.require(ends, list: .uint32)
    }
}

/// A table that is searched: its entries rise strictly, texts being compared byte by byte, so that it needs no index.
public struct SortedTable: Hashable, Sendable {
    public var entries: TableEntries
    /// i32 `[entries]`: what is found for each.
    public var places: TensorID

    public init(entries: TableEntries = TableEntries(), places: TensorID = TensorID(0)) {
        self.entries = entries
        self.places = places
    }

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try entries.visit(&visitor)
        try visitor.tensor(&places)
    }

    func require(_ context: ShapeContext) throws(ProgramError) {
        _ = try context.require(places, list: .int32, count: try entries.require(context))
    }
}

/// The place of each element in a table; elements that it does not have share buckets.
public struct Lookup: OperationRecord {
    public static let kind = OperationKind.lookup

    public var input: ValueID
    public var table: SortedTable
    /// Where the first of the buckets for unknown elements is.
    public var firstBucket: Int
    /// With none of them, an unknown element stops the run.
    public var buckets: Int
    public var hash: BucketHash

    public init(input: ValueID, table: SortedTable, firstBucket: Int, buckets: Int, hash: BucketHash) {
        self.input = input
        self.table = table
        self.firstBucket = firstBucket
        self.buckets = buckets
        self.hash = hash
    }

    package init() { self.init(input: ValueID(0), table: SortedTable(), firstBucket: 0, buckets: 0, hash: BucketHash()) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try table.visit(&visitor)
        try visitor.integer(&firstBucket, in: 0...1)
        try visitor.integer(&buckets, in: 0...Int(Int32.max) - 1)
        try hash.visit(&visitor)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        try table.require(context)
        let isText = table.entries.ends != nil
        guard info.type != .bool, (info.type == .text) == isText else {
            throw ProgramError(.valueType(expected: isText ? .text : .int64, found: info.type))
        }
        guard !isText || hash.function != .remainder else { throw ProgramError(.field(5)) }
        return [ValueInfo(.int32, info.shape)]
    }
}

/// The entry at each place of a table.
public struct InverseLookup: OperationRecord {
    public static let kind = OperationKind.inverseLookup

    public var input: ValueID
    public var entries: TableEntries
    /// The entry that stands for places outside the table.
    public var fallback: Int

    public init(input: ValueID, entries: TableEntries, fallback: Int) {
        self.input = input
        self.entries = entries
        self.fallback = fallback
    }

    package init() { self.init(input: ValueID(0), entries: TableEntries(), fallback: 0) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try entries.visit(&visitor)
        try visitor.integer(&fallback, in: 0...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard info.type == .number || info.type.isInteger else { throw ProgramError(.valueType(expected: .int32, found: info.type)) }
        guard fallback < (try entries.require(context)) else { throw ProgramError(.field(3)) }
        return [ValueInfo(entries.ends == nil ? .int64 : .text, info.shape)]
    }
}
