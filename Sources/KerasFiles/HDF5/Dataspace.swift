/// The shape of a dataset or an attribute (HDF5 file format specification, IV.A.2.b), versions 1 and 2.
struct Dataspace {
    /// Extents, outermost first; empty for a scalar.
    let shape: [Int]

    /// Product of the extents.
    let count: Int

    init(_ cursor: inout ByteCursor, limits: Limits) throws(KerasFileError) {
        cursor.structure = .dataspace
        let place = cursor
        let version = try cursor.expectVersion(1...2)
        let rank = Int(try cursor.u8())
        let flags = try cursor.u8()
        try Limits.check(.rank, rank, limits.rank, at: place.offset)
        // Bit 0: maximal extents follow. Bit 1 (permutation) was never implemented by anyone.
        guard flags & ~1 == 0 else { throw place.failure(.value) }
        if version == 1 {
            try cursor.skip(5)
        } else {
            switch try cursor.u8() {
            case 0 where rank == 0, 1: break
            case 2: throw KerasFileError(.unsupportedFeature(.nullDataspace), offset: place.offset)
            default: throw place.failure(.value)
            }
        }
        var shape: [Int] = []
        var count = 1
        var empty = false
        for _ in 0..<rank {
            let field = cursor
            guard let extent = Int(exactly: try cursor.u64()) else { throw field.failure(.size) }
            shape.append(extent)
            if extent == 0 {
                empty = true
            } else {
                let (product, overflow) = count.multipliedReportingOverflow(by: extent)
                guard !overflow else { throw field.failure(.size) }
                count = product
            }
        }
        if flags & 1 != 0 {
            for extent in shape where try cursor.u64() != UInt64(extent) {
                throw KerasFileError(.unsupportedFeature(.resizableDataspace), offset: place.offset)
            }
        }
        self.shape = shape
        self.count = empty ? 0 : count
    }
}
