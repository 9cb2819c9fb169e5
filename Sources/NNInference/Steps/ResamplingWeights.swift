/// For each element after resampling: the first of the elements it is made of, and their weights.
///
/// Figures and order of operations are those of TensorFlow 2.21, in `Float`.
struct ResamplingWeights<Number: Scalar> {
    let count: Int
    /// Weights per element; some may be 0.
    let span: Int
    let starts: Region<Int32>
    let numbers: Region<Number>

    init(_ record: Resampling, from size: Int, to count: Int, _ planner: inout Planner<Number>) throws(ProgramError) {
        // Beyond this a `Float` cannot count.
        guard size <= 1 << 24, count <= 1 << 24 else { throw ProgramError(.overflow) }
        let scale = record.rule.radius == 0 ? Float(size) / Float(count) : ResamplingWeights.inverse(Float(count) / Float(size))
        self.count = count
        span = ResamplingWeights.span(record, size, scale)
        starts = try planner.indices(count)
        numbers = try planner.zeros(try Dimension.multiply(count, span))
        for position in 0..<count { fill(position, record, size, scale) }
    }

    private static func span(_ record: Resampling, _ size: Int, _ scale: Float) -> Int {
        switch record.rule {
        case .nearest: return 1
        case .linear, .linearFromCorner: return min(2, size)
        case .roundedCubic: return min(4, size)
        case .area: return min(Int(scale.rounded(.up)) + 2, size)
        default:
            let reach = (record.rule.radius * kernelScale(record, scale)).rounded(.up)
            return reach >= Float(size) ? size : min(2 * Int(reach) + 1, size)
        }
    }

    private static func kernelScale(_ record: Resampling, _ scale: Float) -> Float {
        record.flags.contains(.antialias) ? max(scale, 1) : 1
    }

    private static func inverse(_ scale: Float) -> Float { Float(1 / Double(scale)) }

    private func fill(_ position: Int, _ record: Resampling, _ size: Int, _ scale: Float) {
        switch record.rule {
        case .nearest:
            starts[position] = clamped(((Float(position) + 0.5) * scale).rounded(.down), size)
            numbers[position] = 1
        case .linear: fillLinear(position, (Float(position) + 0.5) * scale - 0.5, size)
        case .linearFromCorner: fillLinear(position, Float(position) * scale, size)
        case .roundedCubic: fillCubic(position, (Float(position) + 0.5) * scale - 0.5, size)
        case .area: fillArea(position, size, scale)
        default: fillKernel(position, record, size, scale)
        }
    }

    private func clamped(_ place: Float, _ size: Int) -> Int32 {
        place <= 0 ? 0 : place >= Float(size - 1) ? Int32(size - 1) : Int32(place)
    }

    private func fillLinear(_ position: Int, _ place: Float, _ size: Int) {
        let floor = place.rounded(.down)
        let upper = clamped(place.rounded(.up), size)
        let fraction = place - floor
        let lower = min(clamped(floor, size), Int32(max(size - span, 0)))
        starts[position] = lower
        if clamped(floor, size) == upper {
            numbers[position * span + Int(upper - lower)] = 1
        } else {
            numbers[position * span] = Number(1 - fraction)
            numbers[position * span + 1] = Number(fraction)
        }
    }

    private func fillCubic(_ position: Int, _ place: Float, _ size: Int) {
        let floor = place.rounded(.down)
        let offset = ((place - floor) * 1024).rounded(.toNearestOrEven) / 1024
        let middle = floor < 0 ? -1 : Int(clamped(floor, size))
        let weights = [offset + 1, offset, 1 - offset, 2 - offset].map { Resampling.Rule.keysCubic($0) }
        normalize(position, first: middle - 1, weights, size)
    }

    private func fillArea(_ position: Int, _ size: Int, _ scale: Float) {
        let (start, end) = (Float(position) * scale, Float(position + 1) * scale)
        let first = clamped(start.rounded(.down), size)
        starts[position] = min(first, Int32(size - span))
        var element = start.rounded(.down)
        while element < end.rounded(.up) {
            let weight: Float
            if element < start {
                weight = element + 1 > end ? scale : element + 1 - start
            } else {
                weight = element + 1 > end ? end - element : 1
            }
            let place = Int(clamped(element, size) - starts[position])
            if place < span { numbers[position * span + place] += Number(weight / scale) }
            element += 1
        }
    }

    private func fillKernel(_ position: Int, _ record: Resampling, _ size: Int, _ scale: Float) {
        let kernelScale = ResamplingWeights.kernelScale(record, scale)
        let reach = record.rule.radius * kernelScale
        let middle = (Float(position) + 0.5) * scale
        let first = clamped((middle - reach - 0.5).rounded(.up), size)
        let last = clamped((middle + reach - 0.5).rounded(.down), size)
        var weights: [Float] = []
        var element = Int(first)
        while element <= Int(last) {
            weights.append(record.rule.kernel((Float(element) + 0.5 - middle) * (1 / kernelScale)))
            element += 1
        }
        normalize(position, first: Int(first), weights, size)
    }

    /// Keeps the weights of elements that are there, divided by their sum.
    private func normalize(_ position: Int, first: Int, _ weights: [Float], _ size: Int) {
        let start = min(max(first, 0), size - span)
        starts[position] = Int32(start)
        var sum: Float = 0
        for (index, weight) in weights.enumerated() where first + index >= 0 && first + index < size { sum += weight }
        guard sum.magnitude >= 1000 * Float.leastNormalMagnitude else { return }
        for (index, weight) in weights.enumerated() where first + index >= start && first + index < start + span {
            numbers[position * span + first + index - start] = Number(weight * (1 / sum))
        }
    }
}

extension Resampling.Rule {
    /// Where the kernel ends; 0 for a rule without one.
    fileprivate var radius: Float {
        switch self {
        case .nearest, .linear, .linearFromCorner, .roundedCubic, .area: 0
        case .triangle: 1
        case .keysCubic, .mitchellCubic: 2
        case .lanczos3: 3
        case .lanczos5: 5
        case .gaussian: 1.5
        }
    }

    fileprivate func kernel(_ x: Float) -> Float {
        let x = x.magnitude
        switch self {
        case .nearest, .linear, .linearFromCorner, .roundedCubic, .area: return 0
        case .triangle: return max(1 - x, 0)
        case .keysCubic: return Resampling.Rule.keysCubic(x)
        case .mitchellCubic:
            if x >= 2 { return 0 }
            return x >= 1 ? (((-7 / 18) * x + 2) * x - 10 / 3) * x + 16 / 9 : (((7 / 6) * x - 2) * x) * x + 8 / 9
        case .lanczos3, .lanczos5:
            if x > radius { return 0 }
            if x <= 1e-3 { return 1 }
            return radius * Float.sin(.pi * x) * Float.sin(.pi * x / radius) / (.pi * .pi * x * x)
        case .gaussian: return x >= 1.5 ? 0 : Float.exp(-x * x / 0.5)
        }
    }

    /// The cubic convolution kernel with a = -0.5, for x from 0.
    fileprivate static func keysCubic(_ x: Float) -> Float {
        if x >= 2 { return 0 }
        return x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : ((1.5 * x - 2.5) * x) * x + 1
    }
}
