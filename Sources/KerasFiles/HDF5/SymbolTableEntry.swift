/// One link of a group (HDF5 file format specification, III.C).
struct SymbolTableEntry {
    static let size = 40

    enum Link: Equatable { case hard, soft }

    let nameOffset: UInt64
    let headerAddress: UInt64
    let link: Link

    init(_ cursor: inout ByteCursor) throws(KerasFileError) {
        nameOffset = try cursor.u64()
        headerAddress = try cursor.u64()
        switch try cursor.u32() {
        // 1: the scratch space repeats what the group's own header says; the header is what counts.
        case 0, 1: link = .hard
        case 2: link = .soft
        default: throw cursor.failure(.value)
        }
        try cursor.skip(4 + 16)
    }
}
