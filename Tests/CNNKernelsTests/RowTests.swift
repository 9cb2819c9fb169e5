import CNNKernels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct RowTests {
    static let lengths = [1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 1000]

    @Test(arguments: InstructionSet.supported)
    func `softmax and its logarithm`(set: InstructionSet) {
        var numbers = SeededNumbers(seed: 1)
        for n in Self.lengths {
            let x = GuardedFloats(numbers.floats(3 * n, in: -20...20)), y = GuardedFloats(count: 3 * n)
            let z = GuardedFloats(count: 3 * n)
            set.kernels.softmax_rows(x.pointer, y.pointer, 3, n)
            set.kernels.log_softmax_rows(x.pointer, z.pointer, 3, n)
            for row in 0..<3 {
                let values = x.values[row * n ..< (row + 1) * n].map(Double.init)
                let top = values.max()!
                let sum = values.reduce(0) { $0 + exp($1 - top) }
                for i in 0..<n {
                    // x - top is rounded before its exponential is taken.
                    let bound = 4 + abs(values[i] - top)
                    #expect(ulps(y.pointer[row * n + i], from: exp(values[i] - top) / sum) < bound)
                    #expect(abs(Double(z.pointer[row * n + i]) - (values[i] - top - log(sum))) < 5e-6)
                }
            }
            let separate = y.values
            set.kernels.softmax_rows(x.pointer + n, x.pointer + n, 1, n)
            #expect(x.values[n..<2 * n].map(\.bitPattern) == separate[n..<2 * n].map(\.bitPattern), "alone and in place")
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `softmax of extremes`(set: InstructionSet) {
        var y: [Float] = [0, 0, 0]
        set.kernels.softmax_rows([3e38, 0, -3e38], &y, 1, 3)
        #expect(y == [1, 0, 0])
        set.kernels.softmax_rows([0, -.infinity, 0], &y, 1, 3)
        #expect(y == [0.5, 0, 0.5])
        set.kernels.softmax_rows([0, .nan, 0], &y, 1, 3)
        #expect(y.allSatisfy { $0.isNaN })
    }

    @Test(arguments: InstructionSet.supported)
    func `reductions of a row`(set: InstructionSet) {
        let kernels = set.kernels
        var numbers = SeededNumbers(seed: 2)
        for n in Self.lengths {
            let a = GuardedFloats(numbers.floats(n)), b = GuardedFloats(numbers.floats(n))
            let x = a.values.map(Double.init), y = b.values.map(Double.init)
            #expect(kernels.max_row(a.pointer, n) == a.values.max()!)
            #expect(abs(Double(kernels.sum_row(a.pointer, n)) - x.reduce(0, +)) < 1e-5)
            #expect(abs(Double(kernels.dot_row(a.pointer, b.pointer, n)) - zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-5)
            let deviation = x.reduce(0) { $0 + ($1 - 0.25) * ($1 - 0.25) }
            #expect(abs(Double(kernels.square_deviation_row(a.pointer, n, 0.25)) - deviation) < 1e-6 * max(1, deviation))
            for place in [0, n / 2, n - 1] {
                var values = a.values
                values[place] = .nan
                #expect(kernels.max_row(values, n).isNaN)
            }
        }
        #expect(kernels.max_row([], 0) == -.infinity)
        #expect(kernels.sum_row([], 0) == 0)
    }

    @Test(arguments: InstructionSet.supported)
    func `functions of two arrays`(set: InstructionSet) {
        let kernels = set.kernels
        var numbers = SeededNumbers(seed: 3)
        for n in Self.lengths {
            let a = GuardedFloats(numbers.floats(n)), b = GuardedFloats(numbers.floats(n)), y = GuardedFloats(count: n)
            let pairs = Array(zip(a.values, b.values))
            kernels.add(a.pointer, b.pointer, y.pointer, n)
            #expect(y.values == pairs.map { $0 + $1 })
            kernels.subtract(a.pointer, b.pointer, y.pointer, n)
            #expect(y.values == pairs.map { $0 - $1 })
            kernels.multiply(a.pointer, b.pointer, y.pointer, n)
            #expect(y.values == pairs.map { $0 * $1 })
            kernels.divide(a.pointer, b.pointer, y.pointer, n)
            #expect(y.values == pairs.map { $0 / $1 })
            kernels.maximum(a.pointer, b.pointer, y.pointer, n)
            #expect(y.values == pairs.map { max($0, $1) })
            kernels.minimum(a.pointer, b.pointer, a.pointer, n)
            #expect(a.values == pairs.map { min($0, $1) })
        }
        var y: [Float] = [0, 0]
        kernels.maximum([.nan, 1], [1, .nan], &y, 2)
        #expect(y[0].isNaN && y[1].isNaN)
        kernels.minimum([.nan, 1], [1, .nan], &y, 2)
        #expect(y[0].isNaN && y[1].isNaN)
    }

    @Test(arguments: InstructionSet.supported)
    func `scale and shift, and PReLU, by channel`(set: InstructionSet) {
        var numbers = SeededNumbers(seed: 4)
        for channels in [1, 3, 16, 17, 33, 70] {
            let rows = 3, ldx = channels + 1, ldy = channels + 2
            let x = GuardedFloats(numbers.floats(2 * ldx + channels)), y = GuardedFloats(count: 2 * ldy + channels)
            let scale = GuardedFloats(numbers.floats(channels)), shift = GuardedFloats(numbers.floats(channels))
            var epilogue = nn_epilogue(
                scale: UnsafePointer(scale.pointer), shift: UnsafePointer(shift.pointer), lower: -0.5, upper: 0.5,
                accumulate: 0)
            set.kernels.scale_shift(x.pointer, ldx, y.pointer, ldy, rows, channels, &epilogue)
            for row in 0..<rows {
                for channel in 0..<channels {
                    let exact = Double(x.pointer[row * ldx + channel]) * Double(scale.pointer[channel])
                        + Double(shift.pointer[channel])
                    #expect(abs(Double(y.pointer[row * ldy + channel]) - min(max(exact, -0.5), 0.5)) < 2e-7)
                }
                if row < 2 { #expect(y.pointer[row * ldy + channels].isNaN) }
            }
            let dense = GuardedFloats(numbers.floats(rows * channels)), before = dense.values
            set.kernels.prelu(dense.pointer, dense.pointer, rows, channels, scale.pointer)
            for i in 0..<rows * channels {
                #expect(dense.pointer[i] == (before[i] > 0 ? before[i] : before[i] * scale.pointer[i % channels]))
            }
        }
    }
}
