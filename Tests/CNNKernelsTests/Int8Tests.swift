import CNNKernels
import Testing

/// One random product of quantised rows and int8 weights.
private struct Int8Product {
    let m: Int, taps: Int, k: Int, n: Int
    let rows: [[Float]]
    let weights: [Int8]
    let scale: [Float], shift: [Float]

    init(m: Int, taps: Int, k: Int, n: Int, seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        (self.m, self.taps, self.k, self.n) = (m, taps, k, n)
        rows = (0..<m * taps).map { _ in numbers.floats(k) }
        weights = (0..<taps * k * n).map { _ in Int8.random(in: -128...127, using: &numbers) }
        scale = numbers.floats(n)
        shift = numbers.floats(n)
    }

    /// Whole numbers that the rows are quantised to, by the definition.
    var whole: [[Int]] { rows.map { row in row.map { Int(($0 * 127).rounded(.toNearestOrEven)) } } }

    private func panels() -> [Int8] {
        var result: [Int8] = []
        for start in stride(from: 0, to: n, by: 32) {
            for row in 0..<taps * k { result += weights[row * n + start..<row * n + min(start + 32, n)] }
        }
        return result
    }

    private var lastPanel: [Int8] {
        let start = n / 32 * 32
        return (0..<taps * k).flatMap { row in (0..<32).map { start + $0 < n ? weights[row * n + start + $0] : 0 } }
    }

    /// C, range by range.
    func run(_ set: InstructionSet, columns: [Range<Int>], lower: Float = -.infinity) -> [Float] {
        let kernels = set.kernels.int8.pointee
        let rowBytes = (k + kernels.slack) * kernels.input_bytes
        let inputs = rows.map { row in
            let bytes = Guarded<UInt8>([UInt8](repeating: 0x55, count: rowBytes))
            let numbers = GuardedFloats(row)
            withExtendedLifetime(numbers) { kernels.quantize(numbers.pointer, bytes.pointer, k, 127) }
            return bytes
        }
        let pointers = inputs.map { UnsafeRawPointer($0.pointer) }
        let panels = Guarded<Int8>(panels()), last = Guarded<Int8>(lastPanel)
        var offsets = [Int32](repeating: 0, count: (n + 31) / 32 * 32)
        nn_int8_offsets(panels.pointer, taps * k, n, kernels.input_offset, &offsets)
        let guardedOffsets = Guarded<Int32>(offsets)
        let factors = GuardedFloats((0..<m).map { 1 / Float($0 + 1) })
        let scale = GuardedFloats(self.scale), shift = GuardedFloats(self.shift), c = GuardedFloats(count: m * n)
        var epilogue = nn_epilogue(
            scale: UnsafePointer(scale.pointer), shift: UnsafePointer(shift.pointer), lower: lower, upper: .infinity, accumulate: 0)
        withExtendedLifetime((inputs, panels, last, guardedOffsets, factors, scale, shift)) {
            withUnsafePointer(to: &epilogue) { epilogue in
                pointers.withUnsafeBufferPointer { rows in
                    for range in columns {
                        var product = nn_int8_product(
                            rows: rows.baseAddress!, M: m, taps: taps, k: k, panels: UnsafePointer(panels.pointer),
                            last_panel: n % 32 == 0 ? nil : UnsafePointer(last.pointer), offsets: guardedOffsets.pointer, factors: factors.pointer,
                            factor_step: 1, N: n, n0: range.lowerBound, n1: range.upperBound, c: c.pointer, ldc: n, epilogue: epilogue)
                        kernels.product(&product)
                    }
                }
            }
        }
        return c.values
    }

    /// The exact sums, and what the epilogue makes of them in single precision.
    func expected(fused: Bool, lower: Float = -.infinity) -> [Float] {
        let whole = whole
        return (0..<m * n).map { index in
            let (row, column) = (index / n, index % n)
            var sum = 0
            for tap in 0..<taps {
                for i in 0..<k { sum += whole[row * taps + tap][i] * Int(weights[(tap * k + i) * n + column]) }
            }
            let scaled = Float(sum) * (1 / Float(row + 1))
            return max(fused ? shift[column].addingProduct(scaled, scale[column]) : scaled * scale[column] + shift[column], lower)
        }
    }
}

@Suite struct Int8Tests {
    @Test(arguments: InstructionSet.supported)
    func `sums of whole numbers are exact for all shapes`(set: InstructionSet) {
        for (m, taps, k, n) in [
            (1, 1, 1, 32), (1, 1, 5, 33), (2, 1, 64, 64), (5, 3, 7, 45), (13, 2, 130, 96), (25, 9, 3, 40), (97, 1, 16, 32), (12, 1, 300, 70),
            (7, 4, 0, 32), (200, 1, 6, 63),
        ] {
            let product = Int8Product(m: m, taps: taps, k: k, n: n, seed: UInt64(m * 1000 + k))
            let expected = product.expected(fused: set != .baseline)
            #expect(product.run(set, columns: [0..<n]).bits == expected.bits, "\(m) \(taps) \(k) \(n)")
            #expect(product.run(set, columns: [32..<n, 0..<min(32, n)].filter { !$0.isEmpty }).bits == expected.bits)
            #expect(product.run(set, columns: [0..<n], lower: 0).bits == product.expected(fused: set != .baseline, lower: 0).bits)
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `sums reach the limits of 32 bits`(set: InstructionSet) {
        let kernels = set.kernels.int8.pointee, k = 1 << 16
        let inputs = Guarded<UInt8>([UInt8](repeating: 0, count: (k + kernels.slack) * kernels.input_bytes))
        kernels.quantize([Float](repeating: -1, count: k), inputs.pointer, k, 127)
        let weights = [Int8](repeating: -128, count: k * 32)
        var offsets = [Int32](repeating: 0, count: 32), c = [Float](repeating: 0, count: 32), factor: Float = 1
        nn_int8_offsets(weights, k, 32, kernels.input_offset, &offsets)
        var epilogue = nn_epilogue(scale: nil, shift: nil, lower: -.infinity, upper: .infinity, accumulate: 0)
        var row: UnsafeRawPointer = UnsafeRawPointer(inputs.pointer)
        defer { withExtendedLifetime(inputs) {} }
        withUnsafePointer(to: &epilogue) { epilogue in
            weights.withUnsafeBufferPointer { weights in
                offsets.withUnsafeBufferPointer { offsets in
                    c.withUnsafeMutableBufferPointer { c in
                        var product = nn_int8_product(
                            rows: &row, M: 1, taps: 1, k: k, panels: weights.baseAddress!, last_panel: nil, offsets: offsets.baseAddress!,
                            factors: &factor, factor_step: 0, N: 32, n0: 0, n1: 32, c: c.baseAddress!, ldc: 32, epilogue: epilogue)
                        kernels.product(&product)
                    }
                }
            }
        }
        #expect(c == [Float](repeating: Float(127 * 128 * k), count: 32))
    }

    @Test(arguments: InstructionSet.supported)
    func `numbers are rounded to the nearest whole one, ties to even, and kept within 127`(set: InstructionSet) {
        let kernels = set.kernels.int8.pointee
        let numbers: [Float] = [0, 0.5, 1.5, -0.5, -1.5, -2.5, 126.4, 126.5, 127.5, 300, -300, .infinity, -.infinity, 1e-40, -0.0, 63.49, 64.51]
        let whole: [Int32] = [0, 0, 2, 0, -2, -2, 126, 126, 127, 127, -127, 127, -127, 0, 0, 63, 65]
        let bytes = Guarded<UInt8>([UInt8](repeating: 0, count: numbers.count * kernels.input_bytes))
        defer { withExtendedLifetime(bytes) {} }
        let guarded = GuardedFloats(numbers)
        withExtendedLifetime(guarded) { kernels.quantize(guarded.pointer, bytes.pointer, numbers.count, 1) }
        let found = numbers.indices.map { index in
            let place = UnsafeRawPointer(bytes.pointer + index * kernels.input_bytes)
            let stored = if kernels.input_bytes == 2 {
                Int32(place.loadUnaligned(as: Int16.self))
            } else if kernels.input_offset != 0 {
                Int32(place.load(as: UInt8.self))
            } else {
                Int32(place.load(as: Int8.self))
            }
            return stored - kernels.input_offset
        }
        #expect(found == whole)
    }

    @Test(arguments: InstructionSet.supported)
    func `the largest magnitude is found wherever it is`(set: InstructionSet) {
        let kernels = set.kernels
        for count in [1, 3, 16, 17, 64, 65, 200] {
            for place in [0, count / 2, count - 1] {
                for number in [Float(-3), 2.5, .infinity, .nan] {
                    var numbers = [Float](repeating: 0.5, count: count)
                    numbers[place] = number
                    let guarded = GuardedFloats(numbers)
                    let found = withExtendedLifetime(guarded) { kernels.largest_magnitude(guarded.pointer, count) }
                    #expect(found == abs(number) || found.isNaN && number.isNaN)
                }
            }
        }
        let nothing = GuardedFloats([])
        withExtendedLifetime(nothing) { #expect(kernels.largest_magnitude(nothing.pointer, 0) == 0) }
    }
}
