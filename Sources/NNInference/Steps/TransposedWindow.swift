/// Which taps of a transposed convolution's window reach a position along one axis. Positions whose numbers leave the same remainder
/// on division by the stride, a phase, are reached by the same taps: within a phase the operation is an ordinary convolution.
struct TransposedAxis {
    /// Input elements, positions, and the distance between the windows of neighbouring elements.
    var size = 1
    var positions = 1
    var stride = 1
    /// Tap numbers, phase by phase, and for each the input element that it takes at the phase's first position.
    private(set) var taps: [Int] = [0]
    private(set) var offsets: [Int] = [0]
    /// The phases that have taps, ascending; where each one's taps begin, and where the last one's end.
    private(set) var phases: [Int] = [0]
    private var starts: [Int] = [0, 1]

    /// An axis that is not there.
    init() {}

    init(size: Int, positions: Int, window: Int, stride: Int, dilation: Int, before: Int) {
        self.size = size
        self.positions = positions
        self.stride = stride
        var reaching: [(phase: Int, tap: Int, offset: Int)] = []
        for tap in 0..<window {
            // The position that the tap adds to for input element 0, in whole strides and a phase.
            var (strides, phase) = (tap * dilation - before).quotientAndRemainder(dividingBy: stride)
            if phase < 0 {
                phase += stride
                strides -= 1
            }
            if phase < positions { reaching.append((phase, tap, -strides)) }
        }
        reaching.sort { ($0.phase, $0.tap) < ($1.phase, $1.tap) }
        taps = []
        offsets = []
        phases = []
        starts = []
        for (phase, tap, offset) in reaching {
            if phases.last != phase {
                phases.append(phase)
                starts.append(taps.count)
            }
            taps.append(tap)
            offsets.append(offset)
        }
        starts.append(taps.count)
    }

    /// Places in ``taps``; none where the phase would stand if it had taps.
    func taps(ofPhase phase: Int) -> Range<Int> {
        var (low, high) = (0, phases.count)
        while low < high {
            let middle = (low + high) / 2
            if phases[middle] < phase { low = middle + 1 } else { high = middle }
        }
        return starts[low]..<(low < phases.count && phases[low] == phase ? starts[low + 1] : starts[low])
    }

    /// Taps of the phase that has most.
    var mostTaps: Int {
        var most = 0
        for index in phases.indices { most = max(most, starts[index + 1] - starts[index]) }
        return most
    }

    /// The positions of a phase.
    func count(ofPhase phase: Int) -> Int { (positions - phase - 1) / stride + 1 }

    /// The phase that the n-th position is in when positions are taken phase by phase, and its number within the phase.
    func place(_ number: Int) -> (phase: Int, index: Int) {
        let (rounds, rest) = positions.quotientAndRemainder(dividingBy: stride)
        let long = rest * (rounds + 1)
        if number < long { return (number / (rounds + 1), number % (rounds + 1)) }
        return (rest + (number - long) / rounds, (number - long) % rounds)
    }
}

/// The windows of a transposed convolution in an image `[depth, height, width, channels]`; fewer spatial axes are missing from the front.
struct TransposedWindow {
    var depth = TransposedAxis()
    var height = TransposedAxis()
    var width = TransposedAxis()
    /// Taps along height and width.
    var rowTaps = 1
    var columnTaps = 1
    let channels: Int

    init(_ record: TransposedConvolution, input: Shape, output: Shape, window: ArraySlice<Int>) {
        channels = input[input.rank - 1]
        let spatial = input.rank - 2
        for axis in 0..<spatial {
            let extent = window[window.startIndex + axis]
            let geometry = TransposedAxis(
                size: input[axis + 1], positions: output[axis + 1], window: extent, stride: record.strides[axis],
                dilation: record.dilation[axis], before: record.before[axis])
            switch spatial - axis {
            case 3: depth = geometry
            case 2: (height, rowTaps) = (geometry, extent)
            default: (width, columnTaps) = (geometry, extent)
            }
        }
    }

    var positions: Int { depth.positions * height.positions * width.positions }
    var imageCount: Int { depth.size * height.size * width.size * channels }

    /// A position, numbered line after line, within a line phase after phase.
    struct Place {
        var depth: (phase: Int, index: Int)
        var height: (phase: Int, index: Int)
        var width: (phase: Int, index: Int)
        /// Row-major number.
        var position: Int
    }

    func place(_ number: Int) -> Place {
        let line = number / width.positions
        let column = width.place(number % width.positions)
        let row = line % height.positions
        let plane = line / height.positions
        return Place(
            depth: (plane % depth.stride, plane / depth.stride), height: (row % height.stride, row / height.stride), width: column,
            position: line * width.positions + column.index * width.stride + column.phase)
    }

    /// Taps that reach a position of the place's phases.
    func tapCount(_ place: Place) -> Int {
        depth.taps(ofPhase: place.depth.phase).count * height.taps(ofPhase: place.height.phase).count
            * width.taps(ofPhase: place.width.phase).count
    }

    /// Taps of all phases before those of the place.
    func taps(before place: Place) -> Int {
        let planes = depth.taps(ofPhase: place.depth.phase)
        let rows = height.taps(ofPhase: place.height.phase)
        let columns = width.taps(ofPhase: place.width.phase)
        return (planes.lowerBound * height.taps.count + planes.count * rows.lowerBound) * width.taps.count
            + planes.count * rows.count * columns.lowerBound
    }

    /// Calls `body` with each tap of the place's phases: its number in the kernel, and the element offset of the input it takes, nil
    /// outside the image.
    @inline(__always)
    func forEachTap(at place: Place, _ body: (_ tap: Int, _ offset: Int?) -> Void) {
        for i in depth.taps(ofPhase: place.depth.phase) {
            let z = place.depth.index + depth.offsets[i]
            for j in height.taps(ofPhase: place.height.phase) {
                let y = place.height.index + height.offsets[j]
                for k in width.taps(ofPhase: place.width.phase) {
                    let x = place.width.index + width.offsets[k]
                    let isInside = z >= 0 && z < depth.size && y >= 0 && y < height.size && x >= 0 && x < width.size
                    body(
                        (depth.taps[i] * rowTaps + height.taps[j]) * columnTaps + width.taps[k],
                        isInside ? ((z * height.size + y) * width.size + x) * channels : nil)
                }
            }
        }
    }
}
