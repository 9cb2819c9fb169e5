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
    /// - Complexity: about a nanosecond per row; the leaf kernels read the image through these, so that no copy of it is made.
    @inline(__always)
    func fill<Number>(
        _ rows: UnsafeMutablePointer<UnsafePointer<Number>>, positions: Range<Int>, image: UnsafePointer<Number>,
        outside: UnsafePointer<Number>, joined: Bool
    ) {
        let (width, height, depth) = (input.z, input.y, input.x)
        let (across, dilated, channels) = (joined ? 1 : window.z, dilation.z, channels)
        var column = positions.lowerBound % output.z
        var line = positions.lowerBound / output.z
        var next = rows
        var left = positions.count
        while left > 0 {
            let (top, front) = (line % output.y &* strides.y &- before.y, line / output.y &* strides.x &- before.x)
            let count = min(left, output.z &- column)
            for place in column..<column &+ count {
                let start = place &* strides.z &- before.z
                for i in 0..<window.x {
                    let z = front &+ i &* dilation.x
                    for j in 0..<window.y {
                        let y = top &+ j &* dilation.y
                        if z >= 0, z < depth, y >= 0, y < height {
                            let row = image + (z &* height &+ y) &* width &* channels
                            var x = start
                            for tap in 0..<across {
                                next[tap] = x >= 0 && x < width ? row + x &* channels : outside
                                x &+= dilated
                            }
                        } else {
                            for tap in 0..<across { next[tap] = outside }
                        }
                        next += across
                    }
                }
            }
            left &-= count
            column = 0
            line &+= 1
        }
    }
}
