extension Tensor {
    /// A number: 32-bit or 64-bit, in memory.
    package init?(scalar value: Int64) { self.init(.int64, UInt64(bitPattern: value)) }
    package init?(scalar value: Int32) { self.init(.int32, UInt64(UInt32(bitPattern: value))) }
    package init?(scalar value: Float) { self.init(.float32, UInt64(value.bitPattern)) }

    private init?(_ type: ElementType, _ bits: UInt64) {
        let bytes = (0..<type.size).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        guard let tensor = try? Tensor(elementType: type, shape: [], bytes: bytes) else { return nil }
        self = tensor
    }
}
