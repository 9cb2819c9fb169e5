import CAllocationCounter
import Testing

@testable import NNInference

/// A run allocates nothing. Here for each kind of step; for whole models see ConversionTests.
struct AllocationTests {
    @Test func theCounterCounts() {
        allocation_counter_start()
        let block = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 64)
        let count = allocation_counter_stop()
        block.deallocate()
        #expect(count == 1)
    }

    @Test(arguments: InstructionSet.allCases.filter(\.isSupported))
    func stepsAllocateNothing(_ set: InstructionSet) throws {
        let model = RandomModel(seed: 5, inputs: [ValueInfo(.number, Shape([Shape.unknown, 12, 10, 4]))])
        model.append(
            .convolution(
                Convolution(
                    input: ValueID(0), kernel: model.tensor([3, 3, 4, 8], layout: .panels), padding: .same, strides: [1, 1], dilation: [1, 1],
                    epilogue: Epilogue(bias: model.tensor([8]), activation: .tanh))))
        model.append(.pooling(Pooling(input: ValueID(1), function: .maximum, padding: .valid, window: [2, 2], strides: [2, 2])))
        model.append(.transposition(Transposition(input: ValueID(2), order: [3, 1, 2])))
        model.append(.normalization(Normalization(input: ValueID(3), rule: .layer, axes: AxisSet([3]), epsilon: 1e-3)))
        model.append(.softmax(Softmax(input: ValueID(4), axes: AxisSet([1]))))
        model.append(.reshape(Reshape(input: ValueID(5), dimensions: [48, 5])))
        model.append(.stepMask(StepMask(input: ValueID(6), value: 0, flags: .anyOfLastAxis)))
        for cell in [Recurrent.Cell.simple, .lstm, .gru, .gruResetAfter] {
            model.append(
                .recurrent(
                    Recurrent(
                        cell: cell, flags: .returnsSequences, input: ValueID(6), mask: ValueID(7), kernel: model.tensor([5, 7 * cell.gates], layout: .panels),
                        recurrentKernel: model.tensor([7, 7 * cell.gates], layout: .panels), activation: .tanh, recurrentActivation: .sigmoid)))
        }
        model.append(.concatenation(Concatenation([ValueID(8), ValueID(9), ValueID(10), ValueID(11)], axis: 2)))
        model.append(.reduction(Reduction(input: ValueID(12), mask: ValueID(7), function: .mean, axes: AxisSet([1]))))
        model.append(.dense(Dense(input: ValueID(13), kernel: model.tensor([28, 5], layout: .panels), epilogue: Epilogue(activation: .sigmoid))))
        model.append(.arithmetic(Arithmetic(.add, ValueID(14), ValueID(14))))
        var program = model.program
        program.outputs = [ValueID(15)]
        for threads in [1, 2] {
            let engine = try Engine<Float>(program, model.stored, .test(threads: threads, set))
            try engine.inputs[0].write(count: 480) { Float($0 % 7) }
            try engine.run()
            allocation_counter_start()
            try engine.run()
            let count = allocation_counter_stop()
            #expect(count == 0, "\(threads) threads")
        }
    }
}
