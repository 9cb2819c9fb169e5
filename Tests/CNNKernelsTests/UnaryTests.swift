import CNNKernels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A function of the table, the same in double precision, and the error it may have: in units in the last place of
/// the result, or `absolute`, whichever is larger.
private struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    let ulps: Double
    var absolute = 0.0
    /// Where results and errors are looked at.
    var range: ClosedRange<Float> = -120...120
    let kernel: @Sendable (nn_kernels) -> @convention(c) (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    let exact: @Sendable (Double) -> Double

    var testDescription: String { name }

    static let all: [Function] = [
        .init(name: "exp", ulps: 1.1, kernel: { $0.exp }, exact: { exp($0) }),
        .init(name: "log", ulps: 1.1, range: 0...Float.greatestFiniteMagnitude, kernel: { $0.log }, exact: { log($0) }),
        .init(name: "tanh", ulps: 2.6, kernel: { $0.tanh }, exact: { tanh($0) }),
        .init(name: "sigmoid", ulps: 2.6, kernel: { $0.sigmoid }, exact: { 1 / (1 + exp(-$0)) }),
        .init(name: "silu", ulps: 3.1, absolute: 1e-43, kernel: { $0.silu }, exact: { $0 == -.infinity ? 0 : $0 / (1 + exp(-$0)) }),
        .init(name: "gelu", ulps: 6, absolute: 1e-43, kernel: { $0.gelu }, exact: { $0 == -.infinity ? 0 : 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }),
        .init(name: "gelu_tanh", ulps: 4, absolute: 4e-7, kernel: { $0.gelu_tanh }, exact: {
            $0 == -.infinity ? 0 : 0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
        }),
        .init(name: "softplus", ulps: 2.1, kernel: { $0.softplus }, exact: { max($0, 0) + log1p(exp(-abs($0))) }),
        .init(name: "log_sigmoid", ulps: 2.1, kernel: { $0.log_sigmoid }, exact: { min($0, 0) - log1p(exp(-abs($0))) }),
        .init(name: "softsign", ulps: 1.6, kernel: { $0.softsign }, exact: { $0.isInfinite ? ($0 > 0 ? 1 : -1) : $0 / (1 + abs($0)) }),
        .init(name: "mish", ulps: 5, absolute: 1e-43, kernel: { $0.mish }, exact: {
            $0 == -.infinity ? 0 : $0 * tanh(max($0, 0) + log1p(exp(-abs($0))))
        }),
        .init(name: "selu", ulps: 2.6, kernel: { $0.selu }, exact: {
            1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * expm1($0))
        }),
        .init(name: "square_root", ulps: 0.51, range: 0...Float.greatestFiniteMagnitude, kernel: { $0.square_root }, exact: { $0.squareRoot() }),
        .init(name: "reciprocal_square_root", ulps: 1.5, range: 0...Float.greatestFiniteMagnitude,
              kernel: { $0.reciprocal_square_root }, exact: { 1 / $0.squareRoot() }),
    ]
}

@Suite struct UnaryTests {
    /// Floats spread evenly over their bit patterns (so over all magnitudes) and over the plain numbers.
    static func grid(_ range: ClosedRange<Float>) -> [Float] {
        var points: [Float] = []
        for bits in stride(from: UInt32(0), through: Float.infinity.bitPattern, by: 40_009) {
            let magnitude = Float(bitPattern: bits)
            points += [magnitude, -magnitude]
        }
        for i in 0...40_000 { points.append(-20 + Float(i) * 1e-3 + 1e-5) }
        let edges: [Float] = [
            0, -0.0, 1, -1, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, Float(0.5).ulp,
            88.72283, 88.722839, -87.33654, -103.27893, -103.97208, -104, 9.010913, 14.4, 14.5, 14.6, 18,
        ]
        points += edges + edges.map { -$0 }
        return points.filter(range.contains)
    }

    @Test(arguments: InstructionSet.supported, Function.all)
    fileprivate func `errors are within bounds over all magnitudes`(set: InstructionSet, function: Function) {
        let points = Self.grid(function.range)
        var values = [Float](repeating: 0, count: points.count)
        function.kernel(set.kernels)(points, &values, points.count)
        var worst = (0.0, Float(0), Float(0))
        for (x, y) in zip(points, values) {
            let exact = function.exact(Double(x))
            if abs(exact - Double(y)) <= function.absolute { continue }
            let error = ulps(y, from: exact)
            if error > worst.0 { worst = (error, x, y) }
        }
        #expect(worst.0 <= function.ulps, "x = \(worst.1), got \(worst.2)")
    }

    @Test(arguments: InstructionSet.supported, Function.all)
    fileprivate func `infinities, NaN and huge numbers`(set: InstructionSet, function: Function) {
        let points: [Float] = [.infinity, -.infinity, .nan, -.nan, 3e38, -3e38, 1e10, -1e10, 200, -200]
        var values = [Float](repeating: 0, count: points.count)
        function.kernel(set.kernels)(points, &values, points.count)
        for (x, y) in zip(points, values) {
            let exact = function.exact(Double(x))
            #expect(abs(exact - Double(y)) <= function.absolute || ulps(y, from: exact) <= function.ulps, "x = \(x), got \(y)")
        }
    }

    @Test(arguments: InstructionSet.supported, Function.all)
    fileprivate func `a value does not depend on its place, and nothing else is touched`(set: InstructionSet, function: Function) {
        var numbers = SeededNumbers(seed: 3)
        let kernel = function.kernel(set.kernels)
        let points = numbers.floats(70, in: -10...10)
        var whole = points
        kernel(points, &whole, 70)
        for side in GuardedFloats.Side.allCases {
            for count in 0...70 {
                let x = GuardedFloats(Array(points.suffix(count)), flushWith: side)
                let y = GuardedFloats(count: count, flushWith: side)
                kernel(x.pointer, y.pointer, count)
                #expect(y.values.bits == whole.suffix(count).map(\.bitPattern))
                kernel(x.pointer, x.pointer, count)
                #expect(x.values.bits == y.values.bits, "in place")
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `functions with parameters`(set: InstructionSet) {
        let kernels = set.kernels
        let x: [Float] = [-.infinity, -30, -4, -3, -2, -1, -0.5, 0, 0.1, 0.5, 1, 2, 2.5, 3, 6, 7, 1e30, .infinity, .nan]
        var y = x
        func check(_ worst: Double = 1.1, _ exact: (Double) -> Double) {
            for (x, y) in zip(x, y) { #expect(ulps(y, from: exact(Double(x))) <= worst, "x = \(x), got \(y)") }
        }
        kernels.elu(x, &y, x.count, 0.7)
        check(2.6) { $0 > 0 ? $0 : Double(Float(0.7)) * expm1($0) }
        kernels.relu(x, &y, x.count, .infinity, 0, 0)
        check { $0.isNaN ? .nan : max($0, 0) }
        kernels.relu(x, &y, x.count, 6, 0, 0)
        check { $0.isNaN ? .nan : min(max($0, 0), 6) }
        kernels.relu(x, &y, x.count, 5, 0.25, 1)
        check { $0.isNaN ? .nan : $0 >= 5 ? 5 : $0 > 1 ? $0 : 0.25 * ($0 - 1) }
        kernels.clamped_line(x, &y, x.count, 0.25, 0.5, 0, 1)
        check { $0.isNaN ? .nan : min(max(0.25 * $0 + 0.5, 0), 1) }
        kernels.hard_silu(x, &y, x.count, 0.25, 0.5)
        check { $0.isNaN ? .nan : $0 == -.infinity ? 0 : $0 * min(max(0.25 * $0 + 0.5, 0), 1) }
    }
}
