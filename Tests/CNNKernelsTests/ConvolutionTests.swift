import CNNKernels
import Testing

@Suite struct ConvolutionTests {
    @Test(arguments: InstructionSet.supported)
    func `gathered rows give the product of the gathered matrix`(set: InstructionSet) {
        var seed: UInt64 = 0
        for (pixels, taps, width, filters) in [
            (1, 1, 1, 1), (1, 9, 3, 32), (2, 3, 64, 70), (5, 5, 17, 10), (13, 9, 3, 33), (100, 3, 31, 16), (7, 9, 100, 40),
            (3, 2, 600, 45), (14, 3, 512, 33), (40, 25, 33, 8),
        ] {
            seed += 1
            let rows = TapRows(pixels: pixels, taps: taps, width: width, padding: true, seed: seed)
            var numbers = SeededNumbers(seed: seed + 1000)
            let kernel = numbers.floats(taps * width * filters), shift = numbers.floats(filters)
            let b = GuardedFloats(panels(of: kernel, rows: taps * width, columns: filters))
            let c = GuardedFloats(count: pixels * filters)
            shift.withUnsafeBufferPointer { shift in
                var epilogue = nn_epilogue(scale: nil, shift: shift.baseAddress, lower: 0, upper: .infinity, accumulate: 0)
                set.kernels.float32Convolution(
                    rows.pointers, rows.offset, rows.zero.pointer, b.pointer, pixels, taps, width, filters, 0, filters,
                    c.pointer, filters, &epilogue)
            }
            let result = c.values
            var worst = 0.0
            for pixel in 0..<pixels {
                for filter in 0..<filters {
                    var sum = Double(shift[filter]), magnitude = abs(sum)
                    for tap in 0..<taps {
                        for i in 0..<width {
                            let x = Double(rows.value(pixel, tap, i))
                            let product = x * Double(kernel[(tap * width + i) * filters + filter])
                            sum += product
                            magnitude += abs(product)
                        }
                    }
                    let error = abs(max(sum, 0) - Double(result[pixel * filters + filter])) / (magnitude * 0x1p-24)
                    worst = max(worst, error.isNaN ? .infinity : error)
                }
            }
            #expect(worst < 4, "pixels \(pixels) taps \(taps) width \(width) filters \(filters)")
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `a pixel has the same bits alone, in another split and panel by panel`(set: InstructionSet) {
        let kernels = set.kernels
        for (pixels, taps, width, filters) in [(29, 9, 70, 75), (14, 2, 1024, 40)] {
            let rows = TapRows(pixels: pixels, taps: taps, width: width, padding: true, seed: 9)
            var numbers = SeededNumbers(seed: 10)
            let b = panels(of: numbers.floats(taps * width * filters), rows: taps * width, columns: filters)
            var epilogue = nn_epilogue(scale: nil, shift: nil, lower: -.infinity, upper: .infinity, accumulate: 0)
            func run(_ split: [Range<Int>], _ columns: [Range<Int>]) -> [UInt32] {
                var c = [Float](repeating: .nan, count: pixels * filters)
                c.withUnsafeMutableBufferPointer { c in
                    rows.pointers.withUnsafeBufferPointer { pointers in
                        for part in split {
                            for columns in columns {
                                kernels.float32Convolution(
                                    pointers.baseAddress! + part.lowerBound * taps, rows.offset, rows.zero.pointer, b,
                                    part.count, taps, width, filters, columns.lowerBound, columns.upperBound,
                                    c.baseAddress! + part.lowerBound * filters, filters, &epilogue)
                            }
                        }
                    }
                }
                return c.bits
            }
            let whole = run([0..<pixels], [0..<filters])
            #expect(run((0..<pixels).map { $0..<$0 + 1 }, [0..<filters]) == whole)
            #expect(run([0..<2, 2..<pixels], [32..<filters, 0..<32]) == whole)
            #expect(run([0..<13, 13..<pixels], [0..<filters]) == whole)
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `depthwise sums each channel by itself`(set: InstructionSet) {
        var seed: UInt64 = 0
        for (pixels, taps, channels) in [
            (1, 1, 1), (1, 9, 32), (3, 9, 33), (4, 9, 31), (5, 3, 100), (9, 25, 16), (13, 4, 70), (6, 9, 7),
        ] {
            for parts in 0..<4 {
                seed += 1
                let rows = TapRows(pixels: pixels, taps: taps, width: channels, padding: true, seed: seed)
                var numbers = SeededNumbers(seed: seed + 1000)
                let weights = GuardedFloats(numbers.floats(taps * channels))
                let scale = GuardedFloats(parts & 1 == 0 ? [Float](repeating: 1, count: channels) : numbers.floats(channels))
                let shift = GuardedFloats(parts & 2 == 0 ? [Float](repeating: 0, count: channels) : numbers.floats(channels))
                let ldy = channels + 3
                let y = GuardedFloats(count: (pixels - 1) * ldy + channels)
                var epilogue = nn_epilogue(
                    scale: parts & 1 == 0 ? nil : UnsafePointer(scale.pointer),
                    shift: parts & 2 == 0 ? nil : UnsafePointer(shift.pointer), lower: -1, upper: 1, accumulate: 0)
                set.kernels.depthwise(
                    rows.pointers, rows.offset, rows.zero.pointer, weights.pointer, pixels, taps, channels, y.pointer, ldy,
                    &epilogue)
                let (result, w, s, t) = (y.values, weights.values, scale.values, shift.values)
                var worst = 0.0
                for pixel in 0..<pixels {
                    for channel in 0..<channels {
                        var sum = 0.0
                        for tap in 0..<taps {
                            sum += Double(rows.value(pixel, tap, channel)) * Double(w[tap * channels + channel])
                        }
                        sum = min(max(sum * Double(s[channel]) + Double(t[channel]), -1), 1)
                        let error = abs(sum - Double(result[pixel * ldy + channel]))
                        worst = max(worst, error.isNaN ? .infinity : error)
                    }
                    if pixel + 1 < pixels { #expect(result[pixel * ldy + channels].isNaN) }
                }
                #expect(worst < 1e-6, "pixels \(pixels) taps \(taps) channels \(channels) parts \(parts)")
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `pooling takes the largest and the mean of the rows that count`(set: InstructionSet) {
        for (pixels, taps, channels) in [(1, 1, 1), (5, 4, 33), (7, 9, 16), (3, 6, 100), (2, 49, 10)] {
            let rows = TapRows(pixels: pixels, taps: taps, width: channels, padding: false, seed: UInt64(taps))
            let y = GuardedFloats(count: pixels * channels)
            set.kernels.pool_max(rows.pointers, rows.offset, pixels, taps, channels, y.pointer, channels)
            for pixel in 0..<pixels {
                for channel in 0..<channels {
                    #expect(y.pointer[pixel * channels + channel] == (0..<taps).map { rows.value(pixel, $0, channel) }.max()!)
                }
            }
            let padded = TapRows(pixels: pixels, taps: taps, width: channels, padding: true, seed: UInt64(taps))
            let counts = (0..<pixels).map { Float($0 + 1) }
            set.kernels.pool_avg(
                padded.pointers, padded.offset, padded.zero.pointer, counts, pixels, taps, channels, y.pointer, channels)
            for pixel in 0..<pixels {
                for channel in 0..<channels {
                    let sum = (0..<taps).reduce(0.0) { $0 + Double(padded.value(pixel, $1, channel)) }
                    #expect(abs(Double(y.pointer[pixel * channels + channel]) - sum / Double(counts[pixel])) < 1e-7 * Double(taps))
                }
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `the largest of anything and NaN is NaN`(set: InstructionSet) {
        let rows: [[Float]] = [[1, .nan, 3, -.infinity], [.nan, 2, 4, -.infinity]]
        rows[0].withUnsafeBufferPointer { first in
            rows[1].withUnsafeBufferPointer { second in
                var y: [Float] = [0, 0, 0, 0]
                set.kernels.pool_max([first.baseAddress!, second.baseAddress!], 0, 1, 2, 4, &y, 4)
                #expect(y[0].isNaN && y[1].isNaN && y[2] == 4 && y[3] == -.infinity)
            }
        }
    }
}
