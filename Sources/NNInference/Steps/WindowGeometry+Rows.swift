#if canImport(CNNKernels)
    import CNNKernels
#endif

extension WindowGeometry {
    /// Whether no window reaches out of the image.
    var isInside: Bool {
        before == Extents(repeating: 0) && all((output &- 1) &* strides &+ (window &- 1) &* dilation .< input)
    }

    /// Whether the taps along the width lie side by side in the image, at every position: then they are one longer row.
    var hasWholeRows: Bool { dilation.z == 1 && before.z == 0 && (output.z - 1) * strides.z + window.z <= input.z }

    /// The columns whose taps along the width all lie in the image, side by side: the others are at its edges. Empty for dilated windows.
    private var wholeColumns: Range<Int> {
        guard dilation.z == 1, input.z >= window.z else { return 0..<0 }
        let first = min((before.z + strides.z - 1) / strides.z, output.z)
        return first..<max(first, min((input.z - window.z + before.z) / strides.z + 1, output.z))
    }

    /// Whether it pays to compute the edges of an image apart, because rows of few channels are joined elsewhere.
    var hasEdges: Bool { !hasWholeRows && channels * window.z <= 32 && wholeColumns.count >= 32 }

    /// Positions from the first of `positions` on whose taps are joined, or are not, all alike.
    func alike(_ positions: Range<Int>) -> (positions: Range<Int>, joined: Bool) {
        guard hasEdges else { return (positions, hasWholeRows) }
        let whole = wholeColumns, column = positions.lowerBound % output.z
        let joined = whole.contains(column)
        let end = joined ? whole.upperBound : column < whole.lowerBound ? whole.lowerBound : output.z
        return (positions.lowerBound..<min(positions.lowerBound + end - column, positions.upperBound), joined)
    }

    /// Whether every position is one row of the image, in order.
    var isPointwise: Bool { taps == 1 && strides == Extents(repeating: 1) && output == input }

    /// Writes where the rows under the window begin, tap after tap for each position; `outside` stands for one that is not in the image.
    ///
    /// - Parameter joined: gives only the first of the taps along the width; see ``hasWholeRows``.
    /// - Complexity: less than a nanosecond per row; the leaf kernels read the image through these, so that no copy of it is made.
    @inline(__always)
    func fill<Number>(
        _ rows: UnsafeMutablePointer<UnsafePointer<Number>>, positions: Range<Int>, image: UnsafePointer<Number>,
        outside: UnsafePointer<Number>, joined: Bool
    ) {
        let (width, height, depth) = (input.z, input.y, input.x)
        let across = joined ? 1 : window.z
        let (reach, step) = ((across &- 1) &* dilation.z, dilation.z &* channels)
        let rowsEach = window.x &* window.y &* across
        var column = positions.lowerBound % output.z
        var line = positions.lowerBound / output.z
        var first = rows
        var left = positions.count
        while left > 0 {
            let (top, front) = (line % output.y &* strides.y &- before.y, line / output.y &* strides.x &- before.x)
            let count = min(left, output.z &- column)
            let firstStart = column &* strides.z &- before.z
            var tapRow = first
            for i in 0..<window.x {
                let z = front &+ i &* dilation.x
                for j in 0..<window.y {
                    let y = top &+ j &* dilation.y
                    let isInside = z >= 0 && z < depth && y >= 0 && y < height
                    let base = isInside ? image + (z &* height &+ y) &* width &* channels : outside
                    var next = tapRow
                    var start = firstStart
                    for _ in 0..<count {
                        if isInside, start >= 0, start &+ reach < width {
                            var row = base + start &* channels
                            for tap in 0..<across {
                                next[tap] = row
                                row += step
                            }
                        } else {
                            var x = start
                            for tap in 0..<across {
                                next[tap] = isInside && x >= 0 && x < width ? base + x &* channels : outside
                                x &+= dilation.z
                            }
                        }
                        next += rowsEach
                        start &+= strides.z
                    }
                    tapRow += across
                }
            }
            first += count &* rowsEach
            left &-= count
            column = 0
            line &+= 1
        }
    }

    #if canImport(CNNKernels)
        /// For the leaf kernel of windows three columns wide, if these are.
        var lines: nn_lines? {
            guard window.x == 1, input.x == 1, window.z == 3, window.y <= 3, dilation.z == 1, strides.z <= 2 else { return nil }
            return nn_lines(
                height: input.y, width: input.z, channels: channels, result_width: output.z, taps: window.y, dilation: dilation.y,
                stride: strides.y, column_stride: strides.z, above: before.y, left: before.z)
        }
    #endif
}
