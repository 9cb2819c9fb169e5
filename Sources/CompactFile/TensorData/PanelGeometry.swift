import NNInference

/// How a matrix of `rows` by `columns` elements lies in the file as panels.
struct PanelGeometry {
    let rows: Int
    let columns: Int
    let elementSize: Int

    static let width = TensorDescriptor.panelWidth

    /// The last dimension is the matrix's columns, all others together are its rows.
    init(shape: [Int], elementSize: Int) {
        columns = shape.last ?? 1
        rows = shape.dropLast().reduce(1, *)
        self.elementSize = elementSize
    }

    /// Whether the panels' order of elements is the matrix's own.
    var isRowMajor: Bool { rows <= 1 || columns <= PanelGeometry.width }

    var rowSize: Int { columns * elementSize }

    /// Bytes of a row's part in the panel that begins at `column`.
    func runSize(at column: Int) -> Int { min(PanelGeometry.width, columns - column) * elementSize }

    /// Where the panel that begins at `column` has the given row. All panels before it are of full width.
    func offset(row: Int, column: Int) -> Int { rows * column * elementSize + row * runSize(at: column) }

    /// Orders a block of rows as panels: from `[rows][columns]` to `[panels][rows][width]`, the last panel narrower.
    ///
    /// - Parameters:
    ///   - blockRows: rows in `source`, whose rows have `blockColumns` elements.
    ///   - blockColumns: a multiple of the panels' width unless the block reaches the matrix's last column.
    static func pack(
        _ source: RawSpan, into target: inout MutableRawSpan, blockRows: Int, blockColumns: Int, elementSize: Int
    ) {
        forEachRun(blockRows, blockColumns, elementSize) { matrix, panels, count in
            target.copy(count, from: source, at: matrix, to: panels)
        }
    }

    /// Undoes ``pack(_:into:blockRows:blockColumns:elementSize:)``.
    static func unpack(
        _ source: RawSpan, into target: inout MutableRawSpan, blockRows: Int, blockColumns: Int, elementSize: Int
    ) {
        forEachRun(blockRows, blockColumns, elementSize) { matrix, panels, count in
            target.copy(count, from: source, at: panels, to: matrix)
        }
    }

    /// Panels that are gone through side by side: memory is read in whole stretches and written in a few streams.
    private static var panelsAtOnce: Int { 8 }

    /// Calls `body` for every run of a row within a panel, with its place among the rows, its place among the panels, and its bytes.
    @inline(__always)
    private static func forEachRun(_ rows: Int, _ columns: Int, _ elementSize: Int, _ body: (Int, Int, Int) -> Void) {
        let run = width * elementSize
        let rowSize = columns * elementSize
        let panelSize = rows * run
        var start = 0
        while start < rowSize {
            let end = min(start + panelsAtOnce * run, rowSize)
            for row in 0..<rows {
                var place = start
                var panel = start * rows
                while place + run <= end {
                    body(row * rowSize + place, panel + row * run, run)
                    place += run
                    panel += panelSize
                }
                if place < end { body(row * rowSize + place, panel + row * (end - place), end - place) }
            }
            start = end
        }
    }
}

extension MutableRawSpan {
    /// Copies `count` bytes, 32 at a time: the run of a whole panel is a multiple of that. Bounds are checked at each step.
    @inline(__always)
    mutating func copy(_ count: Int, from source: RawSpan, at start: Int, to place: Int) {
        var done = 0
        while count - done >= 32 {
            storeBytes(
                of: unsafe source.unsafeLoadUnaligned(fromByteOffset: start + done, as: SIMD4<UInt64>.self), toByteOffset: place + done,
                as: SIMD4<UInt64>.self)
            done += 32
        }
        while done < count {
            storeBytes(of: unsafe source.unsafeLoad(fromByteOffset: start + done, as: UInt8.self), toByteOffset: place + done, as: UInt8.self)
            done += 1
        }
    }
}
