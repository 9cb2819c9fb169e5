import CNNKernels
import Testing

/// An image, a kernel and what the sums are in double precision.
private struct Picture {
    let shape: nn_winograd
    let image: [Float]
    let kernel: [Float]
    let scale: [Float]
    let shift: [Float]

    init(_ tile: Int, _ height: Int, _ width: Int, _ channels: Int, _ filters: Int, same: Bool) {
        let (inside, before) = same ? (0, 1) : (2, 0)
        shape = nn_winograd(
            tile: tile, height: height, width: width, channels: channels, result_height: height - inside, result_width: width - inside,
            filters: filters, above: before, left: before)
        var numbers = SeededNumbers(seed: UInt64(height * 1000 + channels))
        image = numbers.floats(height * width * channels)
        // The sums have about the size of the numbers of the image.
        let size = (1 / Float(3 * channels)).squareRoot()
        kernel = numbers.floats(9 * channels * filters, in: -size...size)
        scale = numbers.floats(filters, in: 0.5...1.5)
        shift = numbers.floats(filters)
    }

    var tiles: Int { (shape.result_height + shape.tile - 1) / shape.tile * ((shape.result_width + shape.tile - 1) / shape.tile) }
    var resultCount: Int { shape.result_height * shape.result_width * shape.filters }

    func weights(_ kernels: nn_kernels) -> [Float] {
        let source = GuardedFloats(panels(of: kernel, rows: 9 * shape.channels, columns: shape.filters))
        let weights = GuardedFloats([Float](repeating: 0, count: nn_winograd_weights_count(shape.tile, shape.channels, shape.filters)))
        kernels.winograd_weights(shape.tile, source.pointer, shape.channels, shape.filters, weights.pointer)
        return weights.values
    }

    /// The results, computed in some parts.
    func run(_ kernels: nn_kernels, tiles: [Range<Int>]? = nil, filters: [Range<Int>]? = nil, block: Int = 24, clamp: ClosedRange<Float> = -2...2) -> [Float] {
        let weights = GuardedFloats(weights(kernels)), image = GuardedFloats(image), results = GuardedFloats(count: resultCount)
        let scratch = GuardedFloats(count: nn_winograd_scratch_count(shape.tile, shape.channels, shape.filters, block))
        let zero = GuardedFloats([Float](repeating: 0, count: shape.channels))
        var shape = shape
        scale.withUnsafeBufferPointer { scale in
            shift.withUnsafeBufferPointer { shift in
                var epilogue = nn_epilogue(
                    scale: scale.baseAddress, shift: shift.baseAddress, lower: clamp.lowerBound, upper: clamp.upperBound, accumulate: 0)
                for tiles in tiles ?? [0..<self.tiles] {
                    for filters in filters ?? [0..<shape.filters] {
                        kernels.winograd(
                            &shape, image.pointer, zero.pointer, weights.pointer, tiles.lowerBound, tiles.upperBound, filters.lowerBound,
                            filters.upperBound, scratch.pointer, block, results.pointer, &epilogue)
                    }
                }
            }
        }
        return results.values
    }

    func exact(_ y: Int, _ x: Int, _ filter: Int) -> Double {
        var sum = 0.0
        for i in 0..<3 {
            for j in 0..<3 {
                let (row, column) = (y + i - shape.above, x + j - shape.left)
                guard row >= 0, row < shape.height, column >= 0, column < shape.width else { continue }
                for channel in 0..<shape.channels {
                    let weight = kernel[((i * 3 + j) * shape.channels + channel) * shape.filters + filter]
                    sum += Double(image[(row * shape.width + column) * shape.channels + channel]) * Double(weight)
                }
            }
        }
        return min(max(sum * Double(scale[filter]) + Double(shift[filter]), -2), 2)
    }

    func worstError(_ results: [Float]) -> Double {
        var worst = 0.0
        for y in 0..<shape.result_height {
            for x in 0..<shape.result_width {
                for filter in 0..<shape.filters {
                    let error = abs(Double(results[(y * shape.result_width + x) * shape.filters + filter]) - exact(y, x, filter))
                    worst = max(worst, error.isNaN ? .infinity : error)
                }
            }
        }
        return worst
    }
}

@Suite struct WinogradTests {
    static let shapes: [(Int, Int, Int, Int)] = [
        (3, 3, 1, 1), (4, 4, 3, 8), (5, 9, 16, 32), (6, 6, 7, 33), (7, 5, 20, 70), (10, 12, 33, 16), (13, 13, 32, 64), (9, 8, 100, 40), (8, 8, 256, 36),
    ]

    /// Tiles of 2 lose what direct sums lose, tiles of 4 some times that. Sums here are of size 1.
    @Test(arguments: InstructionSet.supported)
    func `tiles give the sums of the windows`(set: InstructionSet) {
        for (tile, bound) in [(2, 2e-6), (4, 8e-6)] {
            for (height, width, channels, filters) in Self.shapes {
                for same in [false, true] {
                    let picture = Picture(tile, height, width, channels, filters, same: same)
                    let error = picture.worstError(picture.run(set.kernels))
                    #expect(error < bound, "tiles of \(tile), \(height) x \(width) x \(channels) to \(filters), same \(same)")
                }
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `a tile has the same bits alone, in another block and panel by panel`(set: InstructionSet) {
        for tile in [2, 4] {
            let picture = Picture(tile, 14, 11, 37, 75, same: true)
            let whole = picture.run(set.kernels).bits
            #expect(picture.run(set.kernels, tiles: (0..<picture.tiles).map { $0..<$0 + 1 }, block: 1).bits == whole)
            #expect(picture.run(set.kernels, tiles: [3..<picture.tiles, 0..<3], filters: [32..<75, 0..<32], block: 5).bits == whole)
        }
    }

    @Test func `instruction sets with a fused multiply-add agree`() {
        for tile in [2, 4] {
            let picture = Picture(tile, 9, 10, 21, 45, same: true)
            let results = InstructionSet.supported.filter { $0 != .baseline }.map { picture.run($0.kernels).bits }
            #expect(results.allSatisfy { $0 == results[0] })
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `NaN stays NaN`(set: InstructionSet) {
        for tile in [2, 4] {
            let picture = Picture(tile, 6, 6, 4, 8, same: true)
            let poisoned = Picture(picture, with: .nan, at: 0)
            let results = poisoned.run(set.kernels, clamp: 0...6)
            #expect(results[0].isNaN)
            #expect(results.last?.isNaN == false)
        }
    }

    /// Rows of an image, windows three columns wide, beside the kernel that takes any rows.
    @Test(arguments: InstructionSet.supported)
    func `depthwise sums by lines have the bits of those by rows`(set: InstructionSet) {
        for (height, width, channels, taps, dilation, stride, before) in [
            (1, 1, 5, 1, 1, 1, 1), (5, 7, 33, 3, 1, 1, 1), (6, 9, 16, 3, 1, 2, 0), (9, 8, 70, 3, 1, 2, 1), (12, 14, 100, 3, 2, 1, 0),
            (3, 30, 7, 2, 1, 1, 1), (4, 2, 20, 3, 1, 1, 1),
        ] {
            let columns = (width + 2 * before - 3) / stride + 1
            let lines = (height + 2 * before - (taps - 1) * dilation - 1) / stride + 1
            var numbers = SeededNumbers(seed: UInt64(width))
            let image = GuardedFloats(numbers.floats(height * width * channels)), weights = GuardedFloats(numbers.floats(taps * 3 * channels))
            let scale = numbers.floats(channels), zero = GuardedFloats([Float](repeating: 0, count: channels))
            let positions = lines * columns
            let expected = GuardedFloats(count: positions * channels), found = GuardedFloats(count: positions * channels)
            var rows: [UnsafePointer<Float>] = []
            for position in 0..<positions {
                for tap in 0..<taps * 3 {
                    let y = position / columns * stride + tap / 3 * dilation - before, x = position % columns * stride + tap % 3 - before
                    let inside = y >= 0 && y < height && x >= 0 && x < width
                    rows.append(UnsafePointer(inside ? image.pointer + (y * width + x) * channels : zero.pointer))
                }
            }
            var shape = nn_lines(
                height: height, width: width, channels: channels, result_width: columns, taps: taps, dilation: dilation, stride: stride,
                column_stride: stride, above: before, left: before)
            scale.withUnsafeBufferPointer { scale in
                var epilogue = nn_epilogue(scale: scale.baseAddress, shift: nil, lower: -0.5, upper: .infinity, accumulate: 0)
                set.kernels.depthwise(
                    rows, 0, zero.pointer, weights.pointer, positions, taps * 3, channels, expected.pointer, channels, &epilogue)
                for split in [[0..<positions], (0..<positions).map { $0..<$0 + 1 }, [0..<positions / 3, positions / 3..<positions]] {
                    for part in split {
                        set.kernels.depthwise_lines(
                            &shape, image.pointer, weights.pointer, part.lowerBound, part.upperBound,
                            found.pointer + part.lowerBound * channels, channels, &epilogue)
                    }
                    #expect(found.values.bits == expected.values.bits, "\(height) x \(width) x \(channels), stride \(stride)")
                }
            }
        }
    }
}

extension Picture {
    /// The same with another first number.
    fileprivate init(_ other: Picture, with number: Float, at index: Int) {
        (shape, kernel, scale, shift) = (other.shape, other.kernel, other.scale, other.shift)
        var image = other.image
        image[index] = number
        self.image = image
    }
}
