import CAllocationCounter
import Testing

@testable import NNInference

/// Operations that run block by block: the same bits, less memory, and only where it pays.
struct SampleGroupTests {
    /// A convolutional network with a shortcut, a constant, steps folded into the batch, a mask, and layers that cannot be in a group.
    private var network: RandomModel {
        let model = RandomModel(seed: 3, inputs: [ValueInfo(.number, Shape([Shape.unknown, 12, 10, 4]))])
        func convolution(_ input: Int, channels: Int, filters: Int) -> NNInference.Operation {
            .convolution(
                Convolution(
                    input: ValueID(input), kernel: model.tensor([3, 3, channels, filters], layout: .panels, -0.2...0.2), padding: .same,
                    strides: [1, 1], dilation: [1, 1], epilogue: Epilogue(bias: model.tensor([filters]), activation: .relu)))
        }
        model.append(.constant(Constant(tensor: model.tensor([1, 1, 8]))))  // 1
        model.append(convolution(0, channels: 4, filters: 8))  // 2
        model.append(.arithmetic(Arithmetic(.multiply, ValueID(2), ValueID(1))))  // 3
        model.append(convolution(3, channels: 8, filters: 8))  // 4
        model.append(.arithmetic(Arithmetic(.add, ValueID(4), ValueID(2))))  // 5
        model.append(.pooling(Pooling(input: ValueID(5), function: .mean, padding: .same, window: [3, 2], strides: [2, 2])))  // 6
        model.append(.foldSteps(FoldSteps(input: ValueID(6))))  // 7: [batch * 6, 5, 8]
        model.append(.dense(Dense(input: ValueID(7), kernel: model.tensor([8, 9], layout: .panels))))  // 8
        model.append(.unfoldSteps(UnfoldSteps(input: ValueID(8), steps: ValueID(6))))  // 9
        model.append(.reshape(Reshape(input: ValueID(9), dimensions: [6, 45])))  // 10
        model.append(.stepMask(StepMask(input: ValueID(10), value: 0, flags: .anyOfLastAxis)))  // 11
        model.append(.normalization(Normalization(input: ValueID(10), rule: .layer, axes: AxisSet([2]), epsilon: 1e-3)))  // 12
        model.append(
            .recurrent(
                Recurrent(
                    cell: .lstm, flags: .returnsSequences, input: ValueID(12), mask: ValueID(11), kernel: model.tensor([45, 28], layout: .panels),
                    recurrentKernel: model.tensor([7, 28], layout: .panels), activation: .tanh, recurrentActivation: .sigmoid)))  // 13
        model.append(.reduction(Reduction(input: ValueID(13), mask: ValueID(11), function: .mean, axes: AxisSet([1]))))  // 14
        model.append(.dense(Dense(input: ValueID(14), kernel: model.tensor([7, 5], layout: .panels), epilogue: Epilogue(activation: .sigmoid))))  // 15
        model.append(.softmax(Softmax(input: ValueID(15), axes: AxisSet([1]))))  // 16
        model.program.outputs = [ValueID(5), ValueID(16)]
        return model
    }

    private func options(_ batch: Int, threads: Int = 1, _ blocks: BlockRule?, _ set: InstructionSet = .best) -> SessionOptions {
        var options = SessionOptions.test(batch: batch, threads: threads, set)
        options.blocks = blocks
        return options
    }

    /// A rule by which blocks have `size` samples of the network above, or fewer.
    private func blocks(_ size: Int) -> BlockRule {
        var rule = BlockRule()
        rule.cacheBytes = size * 3 * 120 * 8 * 4 + 1_000
        rule.fewRows = 1
        rule.fewestOperations = 1
        return rule
    }

    private func answers(_ model: RandomModel, _ options: SessionOptions) throws -> [[Float]] {
        let engine = try Engine<Float>(model.program, model.stored, options)
        var generator = SplitMix64(seed: 7)
        try engine.inputs[0].write(count: options.batch * 480) { _ in generator.nextFloat(from: -1, to: 1) }
        for _ in 0..<2 { try engine.run() }
        return engine.outputs.map { output in (0..<output.count).map { output.number(at: $0) } }
    }

    @Test(arguments: [2, 3, 7, 8, 31], InstructionSet.allCases.filter(\.isSupported))
    func blocksDoNotChangeABit(_ batch: Int, _ set: InstructionSet) throws {
        let model = network
        let whole = try answers(model, options(batch, nil, set))
        #expect(whole.allSatisfy { $0.contains { $0 != 0 } })
        for threads in [1, 2, 3] {
            for size in [1, 2, 5] {
                #expect(try answers(model, options(batch, threads: threads, blocks(size), set)) == whole, "\(threads) threads, blocks of \(size)")
            }
        }
    }

    private func groups(_ model: RandomModel, batch: Int, workers: Int = 1, _ rule: BlockRule = BlockRule()) throws -> [SampleGroup] {
        var inputs = model.program.inputs
        for index in inputs.indices { inputs[index].shape[0] = batch }
        let inferred = try model.program.infer(tensors: model.descriptors, inputs: inputs)
        let planner = Planner<Float>(
            inferred: inferred, stored: model.stored, accelerator: Accelerator(.portable), workers: workers, carriesState: false,
            memoryLimit: .max, allocations: Allocations())
        return try SampleGroups(model.program, planner, batch: batch, rule: rule).groups
    }

    @Test func groupsEndWhereSamplesMeet() throws {
        let groups = try groups(network, batch: 8, blocks(2))
        #expect(groups.map(\.operations) == [0..<12])
        #expect(groups[0].inputs == [ValueID(0)])
        #expect(groups[0].outputs == [5, 11, 12].map { ValueID($0) })
        #expect(groups[0].block == 2)
    }

    @Test func aWorkerMoreNeedsAnotherBlock() throws {
        #expect(try groups(network, batch: 32, blocks(7)).first?.block == 4)
        #expect(try groups(network, batch: 32, workers: 2, blocks(7)).first?.block == 4)
        #expect(try groups(network, batch: 35, blocks(7)).first?.block == 7)
        // Three samples for two workers: the parts of each operation are shared out instead.
        #expect(try groups(network, batch: 3, workers: 2, blocks(7)).isEmpty)
        #expect(try groups(network, batch: 3, workers: 4, blocks(7)).isEmpty)
    }

    @Test func whatFitsTheCacheIsNotCut() throws {
        #expect(try groups(network, batch: 4).isEmpty)
        #expect(try groups(network, batch: 1, blocks(1)).isEmpty)
    }

    /// Weights that do not fit the cache are read once for the whole batch.
    @Test func largeMatricesSeeTheWholeBatch() throws {
        let model = RandomModel(seed: 1, inputs: [ValueInfo(.number, Shape([Shape.unknown, 64]))])
        for layer in 0..<3 { model.append(.dense(Dense(input: ValueID(layer), kernel: model.tensor([64, 64], layout: .panels)))) }
        var rule = BlockRule()
        rule.cacheBytes = 17 * 512
        model.program.outputs = [ValueID(3)]
        #expect(try groups(model, batch: 32, rule).map(\.block) == [16])
        rule.smallWeights = 64 * 64
        #expect(try groups(model, batch: 32, rule).isEmpty)
    }

    @Test func aBlockNeedsLessMemory() throws {
        let model = network
        let whole = try Engine<Float>(model.program, model.stored, options(32, nil))
        let cut = try Engine<Float>(model.program, model.stored, options(32, blocks(2)))
        #expect(cut.arena.byteCount < whole.arena.byteCount)
        let two = try Engine<Float>(model.program, model.stored, options(32, threads: 2, blocks(2)))
        #expect(two.preparedBytes == cut.preparedBytes)
    }

    @Test(arguments: [1, 2])
    func aRunAllocatesNothing(_ threads: Int) throws {
        let model = network
        let engine = try Engine<Float>(model.program, model.stored, options(8, threads: threads, blocks(2)))
        try engine.run()
        allocation_counter_start()
        try engine.run()
        #expect(allocation_counter_stop() == 0)
    }
}
