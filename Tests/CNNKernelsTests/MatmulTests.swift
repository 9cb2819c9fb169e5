import CNNKernels
import NNInference
import Testing

/// One random product and what it should give.
private struct Product {
    let m: Int, k: Int, n: Int
    let lda: Int, ldc: Int
    let a: [Float], b: [Float], before: [Float], scale: [Float], shift: [Float]

    init(m: Int, k: Int, n: Int, seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        (self.m, self.k, self.n) = (m, k, n)
        lda = k + Int.random(in: 0...3, using: &numbers)
        ldc = n + Int.random(in: 0...3, using: &numbers)
        a = numbers.floats(max(0, m - 1) * lda + k)
        b = numbers.floats(k * n)
        before = numbers.floats(max(0, m - 1) * ldc + n)
        scale = numbers.floats(n)
        shift = numbers.floats(n)
    }

    struct Options {
        var scaled = false, shifted = false, accumulates = false
        var lower = -Float.infinity, upper = Float.infinity
    }

    /// C, over all columns or range by range.
    func run(_ set: InstructionSet, _ options: Options, columns: [Range<Int>]? = nil, rows: [Range<Int>]? = nil,
             side: GuardedFloats.Side = .end) -> [Float] {
        let kernels = set.kernels
        let a = GuardedFloats(self.a, flushWith: side), c = GuardedFloats(before, flushWith: side)
        let b = GuardedFloats(panels(of: self.b, rows: k, columns: n), flushWith: side)
        let scale = GuardedFloats(self.scale, flushWith: side), shift = GuardedFloats(self.shift, flushWith: side)
        var epilogue = nn_epilogue(
            scale: options.scaled ? UnsafePointer(scale.pointer) : nil,
            shift: options.shifted ? UnsafePointer(shift.pointer) : nil,
            lower: options.lower, upper: options.upper, accumulate: options.accumulates ? 1 : 0)
        for rows in rows ?? [0..<m] {
            for columns in columns ?? [0..<n] {
                kernels.float32Product(
                    a.pointer + rows.lowerBound * lda, lda, b.pointer, rows.count, k, n, columns.lowerBound,
                    columns.upperBound, c.pointer + rows.lowerBound * ldc, ldc, &epilogue)
            }
        }
        return c.values
    }

    /// The largest error against double precision, in units of 2^-24 times the sum of the magnitudes that were added up;
    /// infinite if something outside C changed.
    func worstError(of c: [Float], _ options: Options) -> Double {
        var worst = 0.0
        for row in 0..<m {
            for column in n..<ldc where row + 1 < m && c[row * ldc + column] != before[row * ldc + column] {
                return .infinity
            }
            for column in 0..<n {
                var sum = options.accumulates ? Double(before[row * ldc + column]) : 0
                var magnitude = abs(sum)
                for i in 0..<k {
                    let product = Double(a[row * lda + i]) * Double(b[i * n + column])
                    sum += product
                    magnitude += abs(product)
                }
                if options.scaled { (sum, magnitude) = (sum * Double(scale[column]), magnitude * abs(Double(scale[column]))) }
                if options.shifted { (sum, magnitude) = (sum + Double(shift[column]), magnitude + abs(Double(shift[column]))) }
                sum = min(max(sum, Double(options.lower)), Double(options.upper))
                let error = abs(sum - Double(c[row * ldc + column])) / (magnitude * 0x1p-24)
                worst = max(worst, error.isNaN ? .infinity : error)
            }
        }
        return worst
    }
}

@Suite struct MatmulTests {
    static let sizes = [1, 2, 3, 5, 7, 12, 13, 31, 33, 100]

    @Test(arguments: InstructionSet.supported)
    func `products of all small shapes agree with double precision`(set: InstructionSet) {
        var seed: UInt64 = 0
        for m in Self.sizes {
            for n in [1, 3, 10, 15, 16, 17, 24, 31, 32, 33, 100, 130] {
                for k in [1, 2, 31, 33] {
                    seed += 1
                    let product = Product(m: m, k: k, n: n, seed: seed)
                    let side: GuardedFloats.Side = seed % 2 == 0 ? .start : .end
                    let error = product.worstError(of: product.run(set, .init(), side: side), .init())
                    #expect(error < 4, "m \(m) k \(k) n \(n)")
                }
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `long sums cross segments`(set: InstructionSet) {
        for (m, k, n) in [(1, 511, 33), (2, 512, 70), (3, 513, 10), (13, 1024, 40), (30, 1025, 16), (100, 1537, 48)] {
            let product = Product(m: m, k: k, n: n, seed: UInt64(k))
            for options in [Product.Options(), .init(scaled: true, shifted: true, accumulates: true, lower: 0)] {
                #expect(product.worstError(of: product.run(set, options), options) < 4, "m \(m) k \(k) n \(n)")
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `rows a page apart are as good as others`(set: InstructionSet) {
        let product = Product(m: 25, k: 2048, n: 33, seed: 5)
        var wide = product.a
        for row in 1..<25 where product.lda != 2048 {
            for i in 0..<2048 { wide[row * 2048 + i] = product.a[row * product.lda + i] }
        }
        let kernels = set.kernels
        let b = panels(of: product.b, rows: 2048, columns: 33)
        var together = [Float](repeating: 0, count: 25 * 33)
        var oneByOne = together
        var epilogue = nn_epilogue(scale: nil, shift: nil, lower: -.infinity, upper: .infinity, accumulate: 0)
        kernels.float32Product(wide, 2048, b, 25, 2048, 33, 0, 33, &together, 33, &epilogue)
        for row in 0..<25 {
            let a = Array(wide[row * 2048 ..< (row + 1) * 2048])
            oneByOne.withUnsafeMutableBufferPointer {
                kernels.float32Product(a, 2048, b, 1, 2048, 33, 0, 33, $0.baseAddress! + row * 33, 33, &epilogue)
            }
        }
        #expect(together.bits == oneByOne.bits)
    }

    @Test(arguments: InstructionSet.supported)
    func `every combination of epilogue parts`(set: InstructionSet) {
        for bits in 0..<16 {
            var options = Product.Options(scaled: bits & 1 != 0, shifted: bits & 2 != 0, accumulates: bits & 4 != 0)
            if bits & 8 != 0 { (options.lower, options.upper) = (0, 0.5) }
            for (m, k, n) in [(1, 40, 45), (1, 40, 140), (2, 20, 70), (14, 9, 45)] {
                let product = Product(m: m, k: k, n: n, seed: UInt64(bits * 100 + m))
                #expect(product.worstError(of: product.run(set, options), options) < 4, "\(options) m \(m)")
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `an element has the same bits in every split into rows and columns`(set: InstructionSet) {
        let options = Product.Options(scaled: true, shifted: true, accumulates: true)
        for (m, k, n) in [(1, 300, 200), (3, 700, 165), (29, 1100, 129), (110, 600, 70)] {
            let product = Product(m: m, k: k, n: n, seed: UInt64(m))
            let whole = product.run(set, options).bits
            let panelByPanel = stride(from: 0, to: n, by: 32).map { $0..<min($0 + 32, n) }
            #expect(product.run(set, options, columns: panelByPanel).bits == whole)
            #expect(product.run(set, options, columns: [64..<n, 0..<64]).bits == whole)
            #expect(product.run(set, options, rows: (0..<m).map { $0..<$0 + 1 }).bits == whole)
            for rows in [2, 5, 7, 12] where rows < m {
                #expect(product.run(set, options, rows: [0..<rows, rows..<m]).bits == whole)
            }
        }
    }

    /// Every pattern of 16 bits is a number somewhere in the matrices.
    @Test(arguments: InstructionSet.supported)
    func `narrow numbers give the bits of the same in single precision`(set: InstructionSet) {
        var patterns = (0...UInt16.max).filter { $0 & 0x7F80 != 0x7F80 && $0 & 0x7C00 != 0x7C00 }.map { $0 }
        var numbers = SeededNumbers(seed: 16)
        patterns.shuffle(using: &numbers)
        for (m, k, n) in [(1, 300, 200), (2, 40, 70), (5, 600, 45), (13, 31, 33), (1, 1, 1), (1, 7, 20)] {
            let halves = Array(patterns.prefix(k * n))
            let a = numbers.floats(m * k)
            for (number, widen) in [
                (NN_FLOAT16, HalfPrecision.float(fromFloat16:)), (NN_BFLOAT16, HalfPrecision.float(fromBFloat16:)),
            ] {
                let floats = halves.map(widen)
                let guarded = Guarded(halves)
                var (found, expected) = ([Float](repeating: 0, count: m * n), [Float](repeating: 0, count: m * n))
                var epilogue = nn_epilogue(scale: nil, shift: nil, lower: -.infinity, upper: .infinity, accumulate: 0)
                set.kernels.matmul(a, k, nn_panels(elements: guarded.pointer, number: number), m, k, n, 0, n, &found, n, &epilogue)
                set.kernels.float32Product(a, k, floats, m, k, n, 0, n, &expected, n, &epilogue)
                #expect(found.bits == expected.bits, "\(set) \(number) \(m) x \(k) x \(n)")
            }
            let bytes = halves.map { Int8(truncatingIfNeeded: $0) }
            let guarded = Guarded(bytes)
            var (found, expected) = ([Float](repeating: 0, count: m * n), [Float](repeating: 0, count: m * n))
            var epilogue = nn_epilogue(scale: nil, shift: nil, lower: -.infinity, upper: .infinity, accumulate: 0)
            set.kernels.matmul(a, k, nn_panels(elements: guarded.pointer, number: NN_INT8), m, k, n, 0, n, &found, n, &epilogue)
            set.kernels.float32Product(a, k, bytes.map(Float.init), m, k, n, 0, n, &expected, n, &epilogue)
            #expect(found.bits == expected.bits, "\(set) bytes \(m) x \(k) x \(n)")
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `NaN and infinity pass through sums and clamps`(set: InstructionSet) {
        let a: [Float] = [.nan, 1, 0, .infinity, 1, -.infinity]
        let b = [Float](repeating: 1, count: 2 * 33)
        var c = [Float](repeating: 0, count: 3 * 33)
        var epilogue = nn_epilogue(scale: nil, shift: nil, lower: 0, upper: 6, accumulate: 0)
        set.kernels.float32Product(a, 2, b, 3, 2, 33, 0, 33, &c, 33, &epilogue)
        #expect(c[0..<33].allSatisfy { $0.isNaN })
        #expect(c[33..<66].allSatisfy { $0 == 6 })
        #expect(c[66..<99].allSatisfy { $0 == 0 })
    }

    @Test(arguments: InstructionSet.supported)
    func `no products leave the epilogue of zero, no rows or columns leave everything`(set: InstructionSet) {
        var c: [Float] = [1, 2, 3]
        let shift: [Float] = [4, 5, 6]
        shift.withUnsafeBufferPointer { shift in
            var epilogue = nn_epilogue(
                scale: nil, shift: shift.baseAddress, lower: -.infinity, upper: .infinity, accumulate: 0)
            set.kernels.float32Product([], 0, [], 0, 0, 3, 0, 3, &c, 3, &epilogue)
            set.kernels.float32Product([], 0, [], 1, 0, 3, 0, 0, &c, 3, &epilogue)
            #expect(c == [1, 2, 3])
            set.kernels.float32Product([], 0, [], 1, 0, 3, 0, 3, &c, 3, &epilogue)
        }
        #expect(c == [4, 5, 6])
    }
}
