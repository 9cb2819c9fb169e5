/// How a text, or the decimal digits of a whole number, is given one of several buckets.
public struct BucketHash: Hashable, Sendable {
    /// Raw values are part of the file format.
    public enum Function: UInt8, Hashable, Sendable {
        /// The remainder of a whole number by the number of buckets, never negative.
        case remainder = 0
        /// FarmHash Fingerprint64, modulo the number of buckets.
        case farmHash = 1
        /// SipHash-2-4 with ``BucketHash/key``, modulo the number of buckets.
        case sipHash = 2
    }

    public var function: Function
    public var key: [UInt64]

    /// - Parameter key: two words for SipHash, none for the others.
    public init(_ function: Function = .farmHash, key: [UInt64] = []) {
        self.function = function
        self.key = key
    }

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.choice(&function)
        let count = function == .sipHash ? 2 : 0
        if key.count != count { key = Array(repeating: 0, count: count) }
        for index in key.indices { try visitor.bits(&key[index]) }
    }
}
