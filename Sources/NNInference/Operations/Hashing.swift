/// A bucket for each text or whole number. Numbers are cut off at the decimal point first, and hashed by their decimal digits.
public struct Hashing: OperationRecord {
    public static let kind = OperationKind.hashing

    public var input: ValueID
    public var hash: BucketHash
    /// Buckets, the one for the masked element included.
    public var bins: Int
    /// The element that gets bucket 0, which no other gets then: `[bytes]` of a text, or one i64, or one f32, as the input is.
    public var masked: TensorID?

    public init(input: ValueID, hash: BucketHash, bins: Int, masked: TensorID? = nil) {
        self.input = input
        self.hash = hash
        self.bins = bins
        self.masked = masked
    }

    package init() { self.init(input: ValueID(0), hash: BucketHash(), bins: 1) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try hash.visit(&visitor)
        try visitor.integer(&bins, in: 1...Int(Int32.max))
        try visitor.optionalTensor(&masked)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard info.type != .bool else { throw ProgramError(.valueType(expected: .text, found: .bool)) }
        guard info.type != .text || hash.function != .remainder else { throw ProgramError(.field(1)) }
        if let masked {
            guard bins > 1 else { throw ProgramError(.field(2)) }
            switch info.type {
            case .text: _ = try context.require(masked, list: .uint8)
            case .number: _ = try context.require(masked, list: .float32, count: 1)
            default: _ = try context.require(masked, list: .int64, count: 1)
            }
        }
        return [ValueInfo(.int32, info.shape)]
    }
}
