/// The place of every window of a convolution or pooling in an image `[depth, height, width, channels]`; fewer spatial axes
/// are missing from the front.
struct WindowGeometry {
    typealias Extents = SIMD3<Int>

    /// Input and output positions, taps, their distances: along depth, height, width.
    var input = Extents(repeating: 1)
    var output = Extents(repeating: 1)
    var window = Extents(repeating: 1)
    var strides = Extents(repeating: 1)
    var dilation = Extents(repeating: 1)
    var before = Extents(repeating: 0)
    var channels: Int

    init(
        input shape: Shape, output result: Shape, window: ArraySlice<Int>, strides: [Int], dilation: [Int], padding: WindowPadding
    ) throws(ProgramError) {
        channels = shape[shape.rank - 1]
        let spatial = shape.rank - 2
        for axis in 0..<spatial {
            let lane = 3 - spatial + axis
            self.input[lane] = shape[axis + 1]
            self.output[lane] = result[axis + 1]
            self.window[lane] = window[window.startIndex + axis]
            self.strides[lane] = strides[axis]
            self.dilation[lane] = dilation.isEmpty ? 1 : dilation[axis]
            before[lane] = try WindowAxis(
                size: shape[axis + 1], window: self.window[lane], stride: strides[axis], dilation: self.dilation[lane], padding: padding,
                axis: axis + 1
            ).before
        }
    }

    var positions: Int { output.x * output.y * output.z }
    var taps: Int { window.x * window.y * window.z }
    var imageCount: Int { input.x * input.y * input.z * channels }

    /// Calls `body` with each tap of the window at `position` that lies in the image: the tap's number and its element offset.
    @inline(__always)
    func forEachTap(at position: Int, _ body: (_ tap: Int, _ offset: Int) -> Void) {
        let column = position % output.z
        let row = position / output.z % output.y
        let plane = position / (output.z * output.y)
        var tap = 0
        for i in 0..<window.x {
            let z = plane * strides.x + i * dilation.x - before.x
            for j in 0..<window.y {
                let y = row * strides.y + j * dilation.y - before.y
                for k in 0..<window.z {
                    let x = column * strides.z + k * dilation.z - before.z
                    if z >= 0, z < input.x, y >= 0, y < input.y, x >= 0, x < input.z {
                        body(tap, ((z * input.y + y) * input.z + x) * channels)
                    }
                    tap += 1
                }
            }
        }
    }
}
