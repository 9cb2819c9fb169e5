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
                let next = min(last * geometry.rowSize, end)
                let panels = try read(source, geometry, first..<last)
                let rows = PanelGeometry(rows: last - first, columns: geometry.columns, elementSize: geometry.elementSize)
                var part = target._mutatingExtracting(done - start..<next - start)
                if part.byteCount == rows.byteCount {
                    rows.unpack(panels.span.bytes, columns: 0..<rows.columns, into: &part)
                } else {
                    // Of the first or the last row only a part is wanted.
                    copy(rows.unpacked(panels), from: done - first * geometry.rowSize, to: &part)
                }
                done = next
            }
        }
    }

    /// The panels' parts of some rows, one after the other.
    private static func read(_ source: ByteSource, _ geometry: PanelGeometry, _ rows: Range<Int>) throws(KerasFileError) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: rows.count * geometry.rowSize)
        var elements = block.mutableSpan
        var bytes = elements.mutableBytes
        var place = 0
        for column in stride(from: 0, to: geometry.columns, by: PanelGeometry.width) {
            let size = rows.count * geometry.runSize(at: column)
            var part = bytes._mutatingExtracting(place..<place + size)
            try source.read(at: UInt64(geometry.offset(row: rows.lowerBound, column: column)), into: &part)
            place += size
        }
        return block
    }

    private static func copy(_ bytes: [UInt8], from start: Int, to target: inout MutableRawSpan) {
        let part = bytes[start..<start + target.byteCount]
        target.withUnsafeMutableBytes { target in part.withUnsafeBytes { target.copyMemory(from: $0) } }
    }
}

extension PanelGeometry {
    fileprivate func unpacked(_ panels: [UInt8]) -> [UInt8] {
        var matrix = [UInt8](repeating: 0, count: byteCount)
        var elements = matrix.mutableSpan
        var bytes = elements.mutableBytes
        unpack(panels.span.bytes, columns: 0..<columns, into: &bytes)
        return matrix
    }
}
