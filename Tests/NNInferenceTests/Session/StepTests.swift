import Testing

@testable import NNInference

/// Every operation, run by the portable kernels in `Double`, by the portable kernels in `Float` and by every instruction set this
/// machine has; and with several threads and batches, which must not change a bit.
struct StepTests {
    private func check(_ model: RandomModel, tolerance: Double = 2e-5, range: ClosedRange<Float> = -1...1, runs: Int = 1) throws {
        for batch in [1, 3] {
            let reference = try model.run(Double.self, .test(batch: batch), inputRange: range, runs: runs)
            #expect(reference.contains { $0 != 0 })
            for set in InstructionSet.allCases where set.isSupported {
                let one = try model.run(Float.self, .test(batch: batch, set), inputRange: range, runs: runs)
                try #require(one.count == reference.count)
                for (a, b) in zip(one, reference) {
                    #expect(abs(Double(a) - b) <= tolerance * max(1, abs(b)), "\(set), batch \(batch)")
                }
                var blocks = SessionOptions.test(batch: batch, set)
                blocks.blocks = .smallest
                #expect(try model.run(Float.self, blocks, inputRange: range, runs: runs) == one, "\(set), sample by sample")
                for threads in [2, 3] {
                    let several = try model.run(Float.self, .test(batch: batch, threads: threads, set), inputRange: range, runs: runs)
                    #expect(several == one, "\(set), \(threads) threads")
                }
            }
        }
    }

    private func model(_ shape: [Int], seed: UInt64 = 1) -> RandomModel {
        RandomModel(seed: seed, inputs: [ValueInfo(.number, Shape([Shape.unknown] + shape))])
    }

    @Test(arguments: [(4, 8), (33, 31), (64, 32), (7, 65), (1, 1), (400, 300)])
    func dense(_ inputs: Int, _ units: Int) throws {
        let activations: [Activation] = [.linear, .relu, .sigmoid, .softplus, .relu6]
        for (index, activation) in activations.enumerated() {
            let model = model([inputs], seed: UInt64(index))
            let statistics = index % 2 == 0 ? nil : Statistics(
                epsilon: 1e-3, mean: model.tensor([units]), variance: model.tensor([units], 0.5...2), gamma: model.tensor([units]),
                beta: model.tensor([units]))
            let kernel = model.tensor([inputs, units], layout: .panels, -0.2...0.2)
            let bias = index % 3 == 0 ? nil : model.tensor([units])
            model.append(.dense(Dense(input: ValueID(0), kernel: kernel, epilogue: Epilogue(bias: bias, statistics: statistics, activation: activation))))
            try check(model)
        }
    }

    /// A smaller operand is read for many elements: the result must not take its place, though both fit a block of memory.
    @Test func smallOperandsStay() throws {
        let model = model([3, 1])
        model.append(.scaling(Scaling(input: ValueID(0), scale: 2, shift: 1)))
        model.append(.constant(Constant(tensor: model.tensor([1, 5]))))
        model.append(.arithmetic(Arithmetic(.multiply, ValueID(1), ValueID(2))))
        try check(model)
    }

    @Test func denseOverSteps() throws {
        let model = model([37, 12])
        model.append(.dense(Dense(input: ValueID(0), kernel: model.tensor([12, 40], layout: .panels))))
        try check(model)
    }

    struct ConvolutionCase: Sendable {
        var shape: [Int]
        var window: [Int]
        var filters: Int
        var strides: [Int]
        var dilation: [Int]
        var padding: WindowPadding
        var groups = 1
    }

    static let convolutions: [ConvolutionCase] = [
        ConvolutionCase(shape: [20, 3], window: [5], filters: 7, strides: [1], dilation: [1], padding: .valid),
        ConvolutionCase(shape: [20, 3], window: [4], filters: 33, strides: [3], dilation: [1], padding: .same),
        ConvolutionCase(shape: [20, 3], window: [3], filters: 8, strides: [1], dilation: [2], padding: .causal),
        ConvolutionCase(shape: [9, 11, 5], window: [3, 2], filters: 34, strides: [2, 1], dilation: [1, 1], padding: .same),
        ConvolutionCase(shape: [9, 11, 6], window: [3, 3], filters: 4, strides: [1, 1], dilation: [2, 1], padding: .valid, groups: 2),
        ConvolutionCase(shape: [9, 11, 6], window: [3, 3], filters: 6, strides: [1, 1], dilation: [1, 1], padding: .same, groups: 6),
        ConvolutionCase(shape: [9, 11, 6], window: [3, 3], filters: 12, strides: [2, 2], dilation: [1, 1], padding: .same, groups: 6),
        ConvolutionCase(shape: [5, 6, 7, 2], window: [2, 3, 3], filters: 9, strides: [1, 2, 1], dilation: [1, 1, 1], padding: .same),
        ConvolutionCase(shape: [9, 21, 33], window: [3, 3], filters: 33, strides: [2, 2], dilation: [1, 1], padding: .same, groups: 33),
        ConvolutionCase(shape: [30, 10], window: [3], filters: 10, strides: [1], dilation: [1], padding: .causal, groups: 10),
        // Few channels: whole lines of the window but at the edges.
        ConvolutionCase(shape: [7, 71, 3], window: [3, 3], filters: 16, strides: [2, 2], dilation: [1, 1], padding: .same),
        ConvolutionCase(shape: [40, 2], window: [7], filters: 40, strides: [1], dilation: [1], padding: .same),
        // By Winograd's method in tiles of 4 and of 2, and split over filters.
        ConvolutionCase(shape: [13, 14, 24], window: [3, 3], filters: 64, strides: [1, 1], dilation: [1, 1], padding: .valid),
        ConvolutionCase(shape: [8, 7, 64], window: [3, 3], filters: 96, strides: [1, 1], dilation: [1, 1], padding: .same),
        ConvolutionCase(shape: [3, 3, 20], window: [3, 3], filters: 128, strides: [2, 1], dilation: [1, 1], padding: .same),
        ConvolutionCase(shape: [16, 16, 64], window: [1, 1], filters: 64, strides: [1, 1], dilation: [1, 1], padding: .valid),
    ]

    @Test(arguments: convolutions)
    func convolution(_ test: ConvolutionCase) throws {
        for activation in [Activation.relu, .tanh] {
            let model = model(test.shape)
            let channels = test.shape[test.shape.count - 1]
            let kernel = model.tensor(
                test.window + [channels / test.groups, test.filters], layout: test.groups == 1 ? .panels : .rowMajor, -0.3...0.3)
            model.append(
                .convolution(
                    Convolution(
                        input: ValueID(0), kernel: kernel, padding: test.padding, groups: test.groups, strides: test.strides,
                        dilation: test.dilation, epilogue: Epilogue(bias: model.tensor([test.filters]), activation: activation))))
            try check(model)
        }
    }

    @Test func methodsByShape() throws {
        func tile(_ size: Int, _ channels: Int, _ filters: Int, strides: [Int] = [1, 1]) throws -> Int? {
            let shape = Shape([1, size, size, channels]), result = Shape([1, size, size, filters])
            let geometry = try WindowGeometry(input: shape, output: result, window: [3, 3], strides: strides, dilation: [1, 1], padding: .same)
            return WinogradConvolution(geometry, filters: filters, batch: 1)?.shape.tile
        }
        #expect(try tile(32, 64, 64) == 4)
        #expect(try tile(8, 256, 256) == 2)
        #expect(try tile(32, 512, 512) == 2)
        // Here the weights are more than the image.
        #expect(try tile(4, 512, 512) == nil)
        #expect(try tile(32, 3, 8) == nil)
    }

    /// A sample's bits are the same in any batch.
    @Test(arguments: InstructionSet.allCases.filter(\.isSupported))
    func batchesOfConvolutions(_ set: InstructionSet) throws {
        for (size, channels, filters) in [(12, 24, 40), (10, 96, 64), (40, 3, 9)] {
            let model = model([size, size, channels])
            let kernel = model.tensor([3, 3, channels, filters], layout: .panels, -0.2...0.2)
            model.append(.convolution(Convolution(input: ValueID(0), kernel: kernel, padding: .same, strides: [1, 1], dilation: [1, 1])))
            let one = try model.run(Float.self, .test(batch: 1, set)), many = try model.run(Float.self, .test(batch: 5, set))
            #expect(Array(many.prefix(one.count)) == one)
        }
    }

    @Test(arguments: [(1, 20, 40), (3, 33, 32), (40, 7, 100), (130, 64, 45), (5, 16, 7)])
    func quantizedDense(_ rows: Int, _ inputs: Int, _ units: Int) throws {
        for activation in [Activation.relu, .tanh] {
            let model = model([rows, inputs])
            model.append(
                .quantizedDense(
                    QuantizedDense(
                        Dense(
                            input: ValueID(0), kernel: model.wholeNumbers([inputs, units]),
                            epilogue: Epilogue(statistics: factors(model, units), activation: activation)))))
            try check(model)
        }
    }

    @Test(arguments: convolutions.filter { $0.groups == 1 })
    func quantizedConvolution(_ test: ConvolutionCase) throws {
        for filters in [test.filters, 40] {
            let model = model(test.shape)
            let channels = test.shape[test.shape.count - 1]
            model.append(
                .quantizedConvolution(
                    QuantizedConvolution(
                        Convolution(
                            input: ValueID(0), kernel: model.wholeNumbers(test.window + [channels, filters]), padding: test.padding,
                            strides: test.strides, dilation: test.dilation,
                            epilogue: Epilogue(statistics: factors(model, filters), activation: .relu)))))
            try check(model)
        }
    }

    /// A factor for each output channel, and a bias.
    private func factors(_ model: RandomModel, _ channels: Int) -> Statistics {
        Statistics(
            mean: model.tensor([channels], 0...0), variance: model.tensor([channels], 1...1), gamma: model.tensor([channels], 0.0005...0.001),
            beta: model.tensor([channels]))
    }

    /// A row with a NaN gives NaN, and its neighbours what they give without it.
    @Test(arguments: InstructionSet.allCases.filter(\.isSupported))
    func quantizedRowsWithoutANumber(_ set: InstructionSet) throws {
        let model = model([3, 20])
        model.append(.quantizedDense(QuantizedDense(Dense(input: ValueID(0), kernel: model.wholeNumbers([20, 33])))))
        var program = model.program
        program.outputs = [ValueID(1)]
        func run(_ second: Float) throws -> [Float] {
            let engine = try Engine<Float>(program, model.stored, .test(set))
            try engine.inputs[0].write(count: 60) { $0 == 25 ? second : Float($0 % 7) - 3 }
            try engine.run()
            return (0..<99).map { engine.outputs[0].number(at: $0) }
        }
        let (with, without) = (try run(.nan), try run(1))
        #expect(!with[33..<66].contains { !$0.isNaN })
        #expect(with[..<33] == without[..<33] && with[66...] == without[66...])
        #expect(!without.contains { !$0.isFinite })
    }

    struct TransposedCase: Sendable {
        var shape: [Int]
        var window: [Int]
        var filters: Int
        var strides: [Int]
        var dilation: [Int]
        var before: [Int]
        var after: [Int]
    }

    static let transposed: [TransposedCase] = [
        TransposedCase(shape: [20, 3], window: [5], filters: 7, strides: [1], dilation: [1], before: [2], after: [2]),
        TransposedCase(shape: [200, 12], window: [4], filters: 33, strides: [2], dilation: [1], before: [1], after: [1]),
        TransposedCase(shape: [9, 3], window: [3], filters: 8, strides: [5], dilation: [1], before: [0], after: [-4]),
        TransposedCase(shape: [9, 3], window: [3], filters: 8, strides: [1], dilation: [3], before: [7], after: [1]),
        TransposedCase(shape: [9, 11, 16], window: [3, 2], filters: 40, strides: [2, 3], dilation: [1, 1], before: [1, 0], after: [0, -1]),
        TransposedCase(shape: [9, 11, 6], window: [3, 3], filters: 4, strides: [1, 1], dilation: [2, 1], before: [0, 2], after: [3, 0]),
        TransposedCase(shape: [3, 4, 5, 2], window: [2, 3, 3], filters: 9, strides: [3, 2, 1], dilation: [1, 1, 1], before: [0, 1, 1], after: [0, 0, 1]),
        TransposedCase(shape: [1, 2], window: [2], filters: 3, strides: [1000], dilation: [1], before: [0], after: [-40]),
    ]

    @Test(arguments: transposed)
    func transposedConvolution(_ test: TransposedCase) throws {
        for activation in [Activation.relu, .tanh] {
            let model = model(test.shape)
            let kernel = model.tensor(test.window + [test.filters, test.shape[test.shape.count - 1]], -0.3...0.3)
            model.append(
                .transposedConvolution(
                    TransposedConvolution(
                        input: ValueID(0), kernel: kernel, strides: test.strides, dilation: test.dilation, before: test.before, after: test.after,
                        epilogue: Epilogue(bias: model.tensor([test.filters]), activation: activation))))
            try check(model)
        }
    }

    @Test(arguments: [Pooling.Function.maximum, .mean], [WindowPadding.valid, .same])
    func pooling(_ function: Pooling.Function, _ padding: WindowPadding) throws {
        for (shape, window, strides) in [([20, 3], [3], [2]), ([9, 10, 4], [2, 3], [2, 2]), ([5, 6, 7, 2], [2, 2, 3], [2, 1, 3])] {
            let model = model(shape)
            model.append(.pooling(Pooling(input: ValueID(0), function: function, padding: padding, window: window, strides: strides)))
            try check(model)
        }
    }

    @Test(arguments: [Pooling.Function.maximum, .mean])
    func adaptivePooling(_ function: Pooling.Function) throws {
        for (shape, cells) in [([20, 3], [7]), ([90, 33, 40], [13, 40]), ([5, 6, 7, 2], [2, 6, 3])] {
            let model = model(shape)
            model.append(.adaptivePooling(AdaptivePooling(input: ValueID(0), function: function, cells: cells)))
            try check(model)
        }
    }

    @Test(arguments: [
        Resampling.Rule.nearest, .linear, .linearFromCorner, .roundedCubic, .area, .triangle, .keysCubic, .lanczos3, .lanczos5, .gaussian,
        .mitchellCubic,
    ])
    func resampling(_ rule: Resampling.Rule) throws {
        let model = model([9, 40, 30])
        model.append(.resampling(Resampling(input: ValueID(0), rule: rule, axis: 1, size: 31)))
        model.append(.resampling(Resampling(input: ValueID(1), rule: rule, axis: 2, size: 3, flags: .antialias)))
        model.append(.resampling(Resampling(input: ValueID(2), rule: rule, axis: 2, size: 4, flags: .isFactor)))
        model.append(.resampling(Resampling(input: ValueID(3), rule: rule, axis: 3, size: 1)))
        try check(model)
    }

    @Test func elementwiseOverAnyAxes() throws {
        let model = model([5, 6, 4])
        func standardize(_ axes: [Int]) {
            let shape = axes.map { [0, 5, 6, 4][$0] }
            model.append(
                .standardization(
                    Standardization(
                        input: ValueID(model.program.operations.count), axes: AxisSet(axes),
                        statistics: Statistics(
                            rule: .flooredDeviation, epsilon: 1e-7, mean: model.tensor(shape), variance: model.tensor(shape, 0.5...2)))))
        }
        standardize([3])
        standardize([1])
        standardize([1, 3])
        standardize([])
        model.append(.prelu(PReLU(input: ValueID(4), alpha: model.tensor([1, 6, 4]))))
        model.append(.scaling(Scaling(input: ValueID(5), scale: 0.5, shift: 0.25)))
        model.append(.activation(Elementwise(input: ValueID(6), activation: .selu)))
        try check(model)
    }

    @Test(arguments: [Normalization.Rule.layer, .layerScaleOnly, .rootMeanSquare, .unit, .group])
    func normalization(_ rule: Normalization.Rule) throws {
        for axes in rule == .group ? [[3], [1]] : [[3], [1], [2, 3], [1, 3]] {
            let model = model([6, 5, 4])
            let shape = axes.map { [0, 6, 5, 4][$0] }
            model.append(
                .normalization(
                    Normalization(
                        input: ValueID(0), rule: rule, axes: AxisSet(axes), groups: rule == .group ? 2 : 1, epsilon: 1e-3,
                        gamma: model.tensor(shape), beta: model.tensor(shape))))
            try check(model)
        }
    }

    @Test func movingElements() throws {
        let model = model([5, 6, 4])
        model.append(.transposition(Transposition(input: ValueID(0), order: [3, 1, 2])))  // 4 5 6
        model.append(.padding(Padding(input: ValueID(1), value: 0.5, before: [1, 0, 2], after: [0, 3, 1])))  // 5 8 9
        model.append(.cropping(Cropping(input: ValueID(2), before: [0, 1, 1], after: [1, 0, 2])))  // 4 7 6
        model.append(.repetition(Repetition(input: ValueID(3), axis: 2, count: 3)))  // 4 21 6
        model.append(.reversal(Reversal(input: ValueID(4), axis: 2)))
        model.append(.concatenation(Concatenation([ValueID(4), ValueID(5), ValueID(4)], axis: 1)))  // 12 21 6
        model.append(.reshape(Reshape(input: ValueID(6), dimensions: [21, -1])))
        model.append(.arithmetic(Arithmetic(.multiply, ValueID(7), ValueID(7))))
        model.append(.constant(Constant(tensor: model.tensor([72]))))
        model.append(.arithmetic(Arithmetic(.subtract, ValueID(8), ValueID(9))))
        model.append(.softmax(Softmax(input: ValueID(10), axes: AxisSet([1]))))
        model.append(.softmax(Softmax(input: ValueID(11), axes: AxisSet([2]), flags: .logarithm)))
        try check(model)
    }

    @Test func reductions() throws {
        for function in [Pooling.Function.maximum, .mean] {
            for axes in [[1, 2], [2, 3], [1], [3], [1, 3]] {
                let model = model([5, 6, 4])
                model.append(.reduction(Reduction(input: ValueID(0), function: function, axes: AxisSet(axes), flags: axes.count == 1 ? .keepsAxes : [])))
                try check(model)
            }
        }
    }

    @Test func foldedStepsAndMaskedMean() throws {
        let model = model([7, 5, 3])
        model.append(.foldSteps(FoldSteps(input: ValueID(0))))
        model.append(.reshape(Reshape(input: ValueID(1), dimensions: [-1])))
        model.append(.dense(Dense(input: ValueID(2), kernel: model.tensor([15, 4], layout: .panels))))
        model.append(.unfoldSteps(UnfoldSteps(input: ValueID(3), steps: ValueID(0))))
        model.append(.activation(Elementwise(input: ValueID(4), activation: .relu)))
        model.append(.stepMask(StepMask(input: ValueID(5), value: 0, flags: .anyOfLastAxis)))
        model.append(.masking(Masking(input: ValueID(4), mask: ValueID(6))))
        model.append(.reduction(Reduction(input: ValueID(7), mask: ValueID(6), function: .mean, axes: AxisSet([1]))))
        try check(model)
    }

    @Test func indexOutsideTheTable() throws {
        let model = RandomModel(seed: 3, inputs: [ValueInfo(.number, Shape([Shape.unknown, 12]))])
        model.append(.embedding(Embedding(input: ValueID(0), table: model.tensor([3, 2]))))
        #expect(throws: RunError.indexOutOfRange(operation: 0, index: 5, rows: 3)) { try model.run(Float.self, .test(), inputRange: 5...5.5) }
        #expect(throws: RunError.indexOutOfRange(operation: 0, index: -2, rows: 3)) { try model.run(Float.self, .test(), inputRange: -2.5 ... -2) }
    }
}
