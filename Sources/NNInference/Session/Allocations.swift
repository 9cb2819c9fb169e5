/// The memory that steps share and that lives as long as the session: converted weights, scale and shift vectors, zeros.
final class Allocations {
    private var blocks: [(base: UnsafeMutableRawPointer, byteCount: Int)] = []
    private(set) var byteCount = 0
    /// The block that is handed out next, while steps are made once more.
    private var next: Int?

    deinit { for block in blocks { block.base.deallocate() } }

    /// Blocks handed out so far.
    var count: Int { blocks.count }
    /// Whether what is handed out has its contents already.
    var isRepeating: Bool { next != nil }

    /// Hands out the blocks from `first` on once more: the same steps are made for another worker.
    func `repeat`(from first: Int) { next = first }

    func endRepeating() {
        precondition(next == blocks.count)
        next = nil
    }

    /// Zeroed elements.
    func make<Element: BitwiseCopyable>(_ type: Element.Type, count: Int, limit: Int) throws(ProgramError) -> Region<Element> {
        let bytes = try Dimension.multiply(count, MemoryLayout<Element>.stride)
        if let next {
            precondition(blocks[next].byteCount == bytes)
            self.next = next + 1
            return Region(base: blocks[next].base.assumingMemoryBound(to: type), count: count)
        }
        guard bytes <= limit - min(byteCount, limit) else { throw ProgramError(.memory(needed: bytes, limit: limit)) }
        byteCount += bytes
        let block = UnsafeMutableRawPointer.allocate(byteCount: max(bytes, 1), alignment: Memory.alignment)
        block.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        blocks.append((block, bytes))
        return Region(base: block.assumingMemoryBound(to: type), count: count)
    }
}
