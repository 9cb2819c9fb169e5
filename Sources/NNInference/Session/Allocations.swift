/// The memory that steps share and that lives as long as the session: converted weights, scale and shift vectors, zeros.
final class Allocations {
    private var blocks: [UnsafeMutableRawPointer] = []
    private(set) var byteCount = 0

    deinit { for block in blocks { block.deallocate() } }

    /// Zeroed elements.
    func make<Element: BitwiseCopyable>(_ type: Element.Type, count: Int, limit: Int) throws(ProgramError) -> Region<Element> {
        let bytes = try Dimension.multiply(count, MemoryLayout<Element>.stride)
        guard bytes <= limit - min(byteCount, limit) else { throw ProgramError(.memory(needed: bytes, limit: limit)) }
        byteCount += bytes
        let block = UnsafeMutableRawPointer.allocate(byteCount: max(bytes, 1), alignment: Memory.alignment)
        block.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        blocks.append(block)
        return Region(base: block.assumingMemoryBound(to: type), count: count)
    }
}
