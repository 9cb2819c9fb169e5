extension [UInt8] {
    mutating func append<Field: FixedWidthInteger & UnsignedInteger>(field: Field) {
        var rest = field
        for _ in 0..<Field.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// A number's bits. All NaNs are one, so that equal content makes equal bytes.
    mutating func append(field: Float) {
        append(field: field.isNaN ? Float.nan.bitPattern : field.bitPattern)
    }
}
