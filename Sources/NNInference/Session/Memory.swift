/// A block of memory that is freed with its owner: a session's arena, its recurrent state.
final class Memory {
    static let alignment = 64

    let base: UnsafeMutableRawPointer
    let byteCount: Int

    /// Memory whose contents are not set, so that its pages are not touched before they are used.
    init(byteCount: Int, limit: Int) throws(ProgramError) {
        guard byteCount <= limit else { throw ProgramError(.memory(needed: byteCount, limit: limit)) }
        self.byteCount = byteCount
        base = .allocate(byteCount: max(byteCount, 1), alignment: Memory.alignment)
    }

    deinit { base.deallocate() }

    static func aligned(_ bytes: Int) throws(ProgramError) -> Int {
        let (sum, overflow) = bytes.addingReportingOverflow(alignment - 1)
        guard !overflow else { throw ProgramError(.overflow) }
        return sum & ~(alignment - 1)
    }
}
