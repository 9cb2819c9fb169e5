extension WindowGeometry {
    /// Whether no window reaches out of the image.
    var isInside: Bool {
        before == Extents(repeating: 0) && all((output &- 1) &* strides &+ (window &- 1) &* dilation .< input)
    }

    /// Whether the taps along the width lie side by side in the image, at every position: then they are one longer row.
    var hasWholeRows: Bool { dilation.z == 1 && before.z == 0 && (output.z - 1) * strides.z + window.z <= input.z }

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
}
