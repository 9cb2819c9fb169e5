/// A ConvLSTM: at each step the state goes through a convolution, and what comes out is added to what the inputs bring.
struct ConvolutionalRecurrentStep<Number: Scalar> {
    let flags: Recurrent.Flags
    /// `[batch, steps, positions, 4 * filters]`
    let input: Region<Number>
    let mask: Region<UInt8>?
    let output: Region<Number>
    /// `[batch, positions, filters]`; carried to the next run if `carriesState`.
    let hidden: Region<Number>
    let cellState: Region<Number>
    let carriesState: Bool
    /// From `hidden` to `gates`.
    let convolution: ConvolutionStep<Number>
    /// `[batch, positions, 4 * filters]`
    let gates: Region<Number>
    /// `[batch]`: whether a sample has had a visible step.
    let seen: Region<UInt8>
    let cell: LSTMCell<Number>
    let batch: Int
    let steps: Int
    let positions: Int

    private var stateCount: Int { positions * cell.units }
    private var gateCount: Int { positions * 4 * cell.units }

    func run() {
        seen.fill(0)
        if !carriesState {
            hidden.fill(0)
            cellState.fill(0)
        }
        for order in 0..<steps {
            convolution.run(0..<convolution.units, worker: 0)
            let time = flags.contains(.reversed) ? steps - 1 - order : order
            for sample in 0..<batch { advance(sample, time: time, order: order) }
        }
        if steps == 0 { output.fill(0) }
    }

    private func advance(_ sample: Int, time: Int, order: Int) {
        let isVisible = mask.map { $0[sample * steps + time] != 0 } ?? true
        if isVisible {
            let sums = gates.base + sample * gateCount
            let inputs = input.base + (sample * steps + time) * gateCount
            for index in 0..<gateCount { sums[index] += inputs[index] }
            for position in 0..<positions {
                let place = sample * stateCount + position * cell.units
                cell.update(sums + position * 4 * cell.units, hidden: hidden.base + place, cell: cellState.base + place)
            }
            seen[sample] = 1
        }
        let sequences = flags.contains(.returnsSequences)
        guard sequences || order == steps - 1 else { return }
        let target = output.base + (sequences ? sample * steps + order : sample) * stateCount
        if isVisible || seen[sample] != 0 && !flags.contains(.zeroesMaskedOutputs) {
            target.update(from: hidden.base + sample * stateCount, count: stateCount)
        } else {
            target.update(repeating: 0, count: stateCount)
        }
    }
}

extension ConvolutionalRecurrent {
    /// Elements of the gates for all samples.
    private func gateCount(_ shape: Shape) throws(ProgramError) -> Int {
        var count = shape[0]
        for size in shape.dimensions.dropFirst(2) { count = try Dimension.multiply(count, size) }
        return count
    }

    func stateCount(_ context: ShapeContext) throws(ProgramError) -> Int { try gateCount(try context.shape(input)) / 4 * 2 }

    var keepsState: Bool { flags.contains(.stateful) }

    private func pointerBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        let window = planner.tensors[recurrentKernel.index].shape.dropLast(2)
        return try planner.pointerBytes(ConvolutionStep<Number>.pointerBytes(taps: 1), taps: window)
    }

    /// Pointers for the convolution, the gates, and a byte per sample.
    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        let shape = planner.shape(of: input)
        let gates = try Dimension.multiply(try gateCount(shape), MemoryLayout<Number>.stride)
        return try Dimension.add(try Dimension.add(try pointerBytes(planner), gates), shape[0])
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let batch = shape[0]
        let window = planner.tensors[recurrentKernel.index].shape.dropLast(2)
        let filters = shape[shape.rank - 1] / 4
        let image = Shape([batch] + shape.dimensions[2..<shape.rank - 1] + [filters])
        let ones = Array(repeating: 1, count: window.count)
        let geometry = try WindowGeometry(input: image, output: image, window: window, strides: ones, dilation: ones, padding: .same)

        let memory = planner.scratch()
        let pointers = memory[0..<(memory.count == 0 ? 0 : try pointerBytes(planner))]
        let rest = memory.from(pointers.count)
        let count = try gateCount(shape)
        let gates = Region(base: UnsafeMutableRawPointer(rest.base).assumingMemoryBound(to: Number.self), count: count)
        let seen = Region(base: rest.base + count * MemoryLayout<Number>.stride, count: batch)

        let hidden = planner.state(count / 4)
        let cellState = planner.state(count / 4)
        let matrix: Matrix<Number> = try planner.matrix(recurrentKernel)
        let convolution = ConvolutionStep(
            input: hidden, kernel: matrix, output: gates, geometry: geometry, groups: 1, batch: batch,
            epilogue: EpilogueStep(scale: nil, shift: nil, activation: ActivationStep(activation: .linear, accelerator: planner.accelerator)),
            accelerator: planner.accelerator, scratch: pointers, scratchEach: pointers.count, zeros: try planner.zeros(geometry.window.z * filters))
        let mask: Region<UInt8>? = if let mask { try planner.mask(mask) } else { nil }
        return .convolutionalRecurrent(
            ConvolutionalRecurrentStep(
                flags: flags, input: try planner.numbers(input), mask: mask, output: try planner.result(), hidden: hidden, cellState: cellState,
                carriesState: planner.carriesState || keepsState, convolution: convolution, gates: gates, seen: seen,
                cell: LSTMCell(
                    units: filters, activation: ActivationStep(activation: activation, accelerator: planner.accelerator),
                    recurrentActivation: ActivationStep(activation: recurrentActivation, accelerator: planner.accelerator),
                    accelerator: planner.accelerator),
                batch: batch, steps: shape[1], positions: count / max(batch * filters * 4, 1)))
    }
}
