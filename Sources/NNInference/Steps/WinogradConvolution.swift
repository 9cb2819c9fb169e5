#if canImport(CNNKernels)
    import CNNKernels

    /// A convolution with a 3 x 3 window that is computed in tiles by Winograd's method, which takes a fraction of the products.
    ///
    /// Whether and in which tiles depends on a layer's shape alone, so that a sample's bits do not depend on the batch, the threads or
    /// the instruction set.
    struct WinogradConvolution {
        /// The scratch memory of a block of tiles should stay in the second level cache.
        private static let cachedFloats = 100_000
        /// Tiles of a block, if the cache holds fewer: a kernel's register tile is 12 rows high.
        private static let leastTiles = 12

        var shape: nn_winograd
        /// The weights at the points; no memory while sizes are planned.
        var weights: Region<Float>?
        let block: Int

        /// Nil where the direct sums are faster or the window is another one.
        init?(_ geometry: WindowGeometry, filters: Int, batch: Int) {
            let ones = WindowGeometry.Extents(repeating: 1)
            guard geometry.window == [1, 3, 3], geometry.strides == ones, geometry.dilation == ones, geometry.input.x == 1,
                let tile = Self.tile(geometry, filters: filters)
            else { return nil }
            shape = nn_winograd(
                tile: tile, height: geometry.input.y, width: geometry.input.z, channels: geometry.channels, result_height: geometry.output.y,
                result_width: geometry.output.z, filters: filters, above: geometry.before.y, left: geometry.before.z)
            let floats = nn_winograd_points(tile) * (geometry.channels + filters)
            let fitting = max(Self.cachedFloats / floats / Self.leastTiles, 1) * Self.leastTiles
            block = max(min(fitting, batch * Self.tiles(geometry, tile)), 1)
        }

        /// Tiles of an image.
        var tiles: Int { Self.count(shape.result_height, shape.tile) * Self.count(shape.result_width, shape.tile) }
        var weightCount: Int { nn_winograd_weights_count(shape.tile, shape.channels, shape.filters) }
        var scratchBytes: Int { nn_winograd_scratch_count(shape.tile, shape.channels, shape.filters, block) * MemoryLayout<Float>.stride }

        private static func count(_ size: Int, _ tile: Int) -> Int { (size + tile - 1) / tile }
        private static func tiles(_ geometry: WindowGeometry, _ tile: Int) -> Int {
            count(geometry.output.y, tile) * count(geometry.output.z, tile)
        }

        /// The side of the tiles, if they are worth their error and their weights' memory.
        private static func tile(_ geometry: WindowGeometry, filters: Int) -> Int? {
            let (channels, filters) = (Double(geometry.channels), Double(filters))
            // Multiply-adds, and in their measure reading the weights and taking numbers to the points and back.
            func cost(matrices: Int, rows: Int, transforms: Int) -> Double {
                Double(matrices) * (channels * filters * Double(rows + 6) + Double(6 * transforms) * (channels + filters))
            }
            let direct = cost(matrices: 9, rows: geometry.positions, transforms: 0)
            let (many, few) = (tiles(geometry, 2), tiles(geometry, 4))
            let (small, large) = (cost(matrices: 16, rows: many, transforms: many), cost(matrices: 36, rows: few, transforms: few))
            // Tiles of 4 lose more the more channels there are: with 256 a few units of the sixth digit.
            if large * 1.2 < small, large * 1.3 < direct, channels <= 256 { return 4 }
            return small * 1.3 < direct ? 2 : nil
        }

        /// Computes some tiles of all images, for some filters.
        func run<Number: Scalar>(
            _ kernels: UnsafePointer<nn_kernels>, tiles: Range<Int>, filters: Range<Int>, images: Region<Number>, zero: Region<Number>,
            results: Region<Number>, scratch: UnsafeMutableRawPointer, _ epilogue: EpilogueStep<Number>
        ) {
            guard let weights else { return }
            var shape = shape
            var (fused, hasActivation) = epilogue.fused
            kernels.pointee.winograd(
                &shape, images.cast(to: Float.self).base, zero.cast(to: Float.self).base, weights.base, tiles.lowerBound, tiles.upperBound,
                filters.lowerBound, filters.upperBound, scratch.assumingMemoryBound(to: Float.self), block,
                results.cast(to: Float.self).base, &fused)
            guard !hasActivation else { return }
            for tile in tiles {
                let (image, place) = tile.quotientAndRemainder(dividingBy: self.tiles)
                let across = Self.count(shape.result_width, shape.tile)
                let (y, x) = (place / across * shape.tile, place % across * shape.tile)
                let columns = min(shape.tile, shape.result_width - x)
                for line in y..<min(y + shape.tile, shape.result_height) {
                    let pixel = (image * shape.result_height + line) * shape.result_width + x
                    epilogue.activation.apply(results.base + pixel * shape.filters, rows: columns, width: shape.filters, columns: filters)
                }
            }
        }
    }
#endif
