import CAllocationCounter
import Testing

@testable import NNInference

/// Recurrent layers, run by the portable kernels in `Double` and in `Float` and by every instruction set this machine has. Neither the
/// number of threads, which share samples or one sample's units, nor that of samples changes a bit.
struct RecurrentStepTests {
    static let cells = [Recurrent.Cell.simple, .lstm, .gru, .gruResetAfter]

    /// A model whose first input is random; with a mask, an index of 0 hides a step.
    private func model(steps: Int, features: Int, isMasked: Bool) -> RandomModel {
        guard isMasked else { return RandomModel(seed: 1, inputs: [ValueInfo(.number, Shape([Shape.unknown, steps, features]))]) }
        let model = RandomModel(seed: 3, inputs: [ValueInfo(.int32, Shape([Shape.unknown, steps]))])
        model.append(.embedding(Embedding(input: ValueID(0), table: model.tensor([4, features]))))
        model.append(.stepMask(StepMask(input: ValueID(0), value: 0)))
        return model
    }

    private func layer(
        _ cell: Recurrent.Cell, _ flags: Recurrent.Flags, in model: RandomModel, features: Int, units: Int, isMasked: Bool = false,
        gate: Activation = .sigmoid, input: ValueID? = nil
    ) -> Operation {
        let width = units * cell.gates
        return .recurrent(
            Recurrent(
                cell: cell, flags: flags, input: input ?? ValueID(isMasked ? 1 : 0), mask: isMasked ? ValueID(2) : nil,
                kernel: model.tensor([features, width], layout: .panels, -0.3...0.3),
                recurrentKernel: model.tensor([units, width], layout: .panels, -0.2...0.2),
                bias: model.tensor(cell == .gruResetAfter ? [2, width] : [width]), activation: .tanh,
                recurrentActivation: cell == .simple ? .linear : gate))
    }

    private func check(_ model: RandomModel, range: ClosedRange<Float> = -1...1, batches: [Int] = [1, 3], runs: Int = 1) throws {
        for batch in batches {
            let reference = try model.run(Double.self, .test(batch: batch), inputRange: range, runs: runs)
            #expect(reference.contains { $0 != 0 })
            for set in InstructionSet.allCases where set.isSupported {
                let one = try model.run(Float.self, .test(batch: batch, set), inputRange: range, runs: runs)
                try #require(one.count == reference.count)
                #expect(!zip(one, reference).contains { abs(Double($0) - $1) > 2e-5 * max(1, abs($1)) }, "\(set), batch \(batch)")
                for threads in [2, 3] {
                    let several = try model.run(Float.self, .test(batch: batch, threads: threads, set), inputRange: range, runs: runs)
                    #expect(several == one, "\(set), batch \(batch), \(threads) threads")
                }
            }
        }
    }

    @Test(arguments: cells, [Recurrent.Flags(), .returnsSequences, [.returnsSequences, .reversed], .reversed])
    func formulas(_ cell: Recurrent.Cell, _ flags: Recurrent.Flags) throws {
        for (units, steps, gate) in [(5, 7, Activation.sigmoid), (32, 40, .sigmoid), (9, 33, .hardSigmoidKeras2)] {
            let model = model(steps: steps, features: 6, isMasked: false)
            model.append(layer(cell, flags, in: model, features: 6, units: units, gate: gate))
            try check(model)
        }
    }

    /// Enough arithmetic for threads, and samples that do not divide by them; from 8 a worker on, steps are taken with all of them.
    @Test(arguments: cells, [Recurrent.Flags(), [.returnsSequences, .stateful], [.returnsSequences, .reversed]])
    func sharedSamples(_ cell: Recurrent.Cell, _ flags: Recurrent.Flags) throws {
        for isMasked in [false, true] {
            let model = model(steps: 5, features: 9, isMasked: isMasked)
            model.append(layer(cell, flags, in: model, features: 9, units: 64, isMasked: isMasked))
            try check(model, range: isMasked ? 0...3.99 : -1...1, batches: [2, 5, 25], runs: 2)
        }
    }

    /// One sample of a layer that is large enough to be shared by units; an odd and an even number of steps, for states change places.
    @Test(arguments: [2, 5, 19], [false, true])
    func sharedUnits(_ steps: Int, _ isMasked: Bool) throws {
        for flags in [Recurrent.Flags(), .stateful, [.returnsSequences, .reversed], [.returnsSequences, .zeroesMaskedOutputs]] {
            let model = model(steps: steps, features: 7, isMasked: isMasked)
            model.append(layer(.lstm, flags, in: model, features: 7, units: 96, isMasked: isMasked))
            try check(model, range: isMasked ? 0...3.99 : -1...1, batches: [1], runs: 2)
        }
    }

    /// More units than one segment of a sum has, and the states as results and as what the next layer begins with.
    @Test func statesOfSharedUnits() throws {
        let model = model(steps: 3, features: 4, isMasked: false)
        model.append(layer(.lstm, [.returnsSequences, .returnsState], in: model, features: 4, units: 544))
        guard case .recurrent(var next) = layer(.lstm, [.returnsState, .reversed], in: model, features: 544, units: 544, input: ValueID(1)) else { return }
        next.initialStates = [ValueID(2), ValueID(3)]
        model.append(.recurrent(next))
        for output in 4...6 {
            model.program.outputs = [ValueID(output)]
            try check(model, batches: [1])
        }
    }

    @Test(arguments: cells)
    func samplesDoNotDependOnTheBatch(_ cell: Recurrent.Cell) throws {
        let model = model(steps: 6, features: 5, isMasked: false)
        model.append(layer(cell, [], in: model, features: 5, units: 96))
        for set in InstructionSet.allCases where set.isSupported {
            let one = try model.run(Float.self, .test(set))
            // The first sample of a batch has the same numbers.
            for batch in [2, 3, 17] { #expect(try model.run(Float.self, .test(batch: batch, set)).prefix(96) == one[...]) }
        }
    }

    @Test func aSharedRunAllocatesNothing() throws {
        let model = model(steps: 6, features: 5, isMasked: false)
        model.append(layer(.lstm, .returnsSequences, in: model, features: 5, units: 96))
        for batch in [1, 4] {
            var program = model.program
            program.outputs = [ValueID(1)]
            let engine = try Engine<Float>(program, model.stored, .test(batch: batch, threads: 2, .best))
            try engine.run()
            allocation_counter_start()
            try engine.run()
            let count = allocation_counter_stop()
            #expect(count == 0)
        }
    }

    @Test func statefulGoesOn() throws {
        let model = RandomModel(seed: 1, inputs: [ValueInfo(.number, Shape([Shape.unknown, 4, 3]))])
        func layer(_ flags: Recurrent.Flags) -> Operation {
            .recurrent(
                Recurrent(
                    cell: .lstm, flags: flags, input: ValueID(0), kernel: TensorID(0), recurrentKernel: TensorID(1), bias: TensorID(2),
                    activation: .tanh, recurrentActivation: .sigmoid))
        }
        _ = model.tensor([3, 20], layout: .panels)
        _ = model.tensor([5, 20], layout: .panels)
        _ = model.tensor([20])
        model.append(layer(.stateful))
        let once = try model.run(Float.self, .test())
        let twice = try model.run(Float.self, .test(), runs: 2)
        #expect(once != twice)
        model.program.operations = [layer([])]
        #expect(try model.run(Float.self, .test(), runs: 2) == once)
        var options = SessionOptions.test()
        options.carriesState = true
        #expect(try model.run(Float.self, options, runs: 2) == twice)
    }

    @Test(arguments: cells, [Recurrent.Flags(), .returnsSequences, [.returnsSequences, .zeroesMaskedOutputs], [.reversed, .returnsSequences]])
    func maskedSteps(_ cell: Recurrent.Cell, _ flags: Recurrent.Flags) throws {
        for units in [5, 32] {
            let model = model(steps: 12, features: 6, isMasked: true)
            model.append(layer(cell, flags, in: model, features: 6, units: units, isMasked: true))
            try check(model, range: 0...3.99)
        }
    }
}
