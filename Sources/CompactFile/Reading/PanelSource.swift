import KerasFiles

/// A tensor that is stored as panels, read in the order of its rows.
enum PanelSource {
    /// Bytes that are reordered at a time.
    private static let blockSize = 4 << 20

    /// - Parameter source: the panels, all of them.
    static func rowMajor(_ source: ByteSource, _ geometry: PanelGeometry) -> ByteSource {
        ByteSource(size: source.size) { offset, target throws(KerasFileError) in
            let start = Int(offset)
            let end = start + target.byteCount
            let rowsAtOnce = max(blockSize / geometry.rowSize, 1)
            var done = start
            while done < end {
                let first = done / geometry.rowSize
                let last = min(first + rowsAtOnce, (end - 1) / geometry.rowSize + 1)
                let rows = try read(source, geometry, first..<last)
                // Of the first and the last row only a part may be wanted.
                let next = min(last * geometry.rowSize, end)
                target.copy(next - done, from: rows.span.bytes, at: done - first * geometry.rowSize, to: done - start)
                done = next
            }
        }
    }

    private static func read(_ source: ByteSource, _ geometry: PanelGeometry, _ rows: Range<Int>) throws(KerasFileError) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: rows.count * geometry.rowSize)
        var result = block
        var place = 0
        var column = 0
        while column < geometry.columns {
            let size = rows.count * geometry.runSize(at: column)
            try fill(&block, place..<place + size, source, geometry.offset(row: rows.lowerBound, column: column))
            place += size
            column += PanelGeometry.width
        }
        var elements = result.mutableSpan
        var target = elements.mutableBytes
        PanelGeometry.unpack(
            block.span.bytes, into: &target, blockRows: rows.count, blockColumns: geometry.columns, elementSize: geometry.elementSize)
        return result
    }

    private static func fill(_ block: inout [UInt8], _ range: Range<Int>, _ source: ByteSource, _ offset: Int) throws(KerasFileError) {
        var elements = block.mutableSpan
        var bytes = elements.mutableBytes
        var target = bytes._mutatingExtracting(range)
        try source.read(at: UInt64(offset), into: &target)
    }
}
