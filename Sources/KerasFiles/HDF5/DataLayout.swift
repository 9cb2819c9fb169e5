/// Where a dataset's elements lie (HDF5 file format specification, IV.A.2.i), version 3, contiguous or compact.
struct DataLayout {
    let address: UInt64
    let byteCount: UInt64
    /// Whether the elements lie within the object header.
    let isCompact: Bool

    init(_ cursor: inout ByteCursor) throws(KerasFileError) {
        cursor.structure = .dataLayout
        let place = cursor
        func unsupported(_ feature: KerasFileError.Feature) -> KerasFileError {
            KerasFileError(.unsupportedFeature(feature), offset: place.offset)
        }
        let version = try cursor.u8()
        switch version {
        case 3...5: break
        case 1, 2: throw unsupported(.olderLayout)
        default: throw place.failure(.version)
        }
        // Version 4 stores classes 0 and 1 in the same way, but only libhdf5 in its newest mode writes it, and Keras never asks for that.
        switch try cursor.u8() {
        case 0...1 where version > 3: throw unsupported(.newerLayout)
        case 0:
            let count = try cursor.u16()
            address = cursor.offset
            byteCount = UInt64(count)
            isCompact = true
            try cursor.skip(Int(count))
        case 1:
            address = try cursor.u64()
            byteCount = try cursor.u64()
            isCompact = false
        case 2: throw unsupported(.chunkedLayout)
        case 3: throw unsupported(.virtualLayout)
        default: throw place.failure(.value)
        }
    }
}
