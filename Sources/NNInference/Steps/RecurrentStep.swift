#if canImport(CNNKernels)
    import CNNKernels
#endif

/// A recurrent layer. The inputs of several steps go through the kernel together; then each step adds its share of the state.
struct RecurrentStep<Number: Scalar> {
    /// Steps whose inputs are multiplied together.
    static var chunk: Int { 16 }

    let cell: Recurrent.Cell
    let flags: Recurrent.Flags
    let input: Region<Number>
    let mask: Region<UInt8>?
    let kernel: MatrixRows<Number>
    let recurrentKernel: MatrixRows<Number>
    let inputBias: Region<Number>?
    /// Only of a GRU that resets after the product.
    let recurrentBias: Region<Number>?
    let activation: ActivationStep<Number>
    let recurrentActivation: ActivationStep<Number>
    let output: Region<Number>
    /// `h`, and `c` for an LSTM: `[batch, units]` each; carried to the next run if `carriesState`.
    let hidden: Region<Number>
    let cellState: Region<Number>?
    let carriesState: Bool
    let initialHidden: Region<Number>?
    let initialCell: Region<Number>?
    let hiddenResult: Region<Number>?
    let cellResult: Region<Number>?
    let batch: Int
    let steps: Int
    let features: Int
    let units: Int
    let scratch: RecurrentScratch<Number>
    let accelerator: Accelerator

    private var width: Int { cell.gates * units }
    private var chunk: Int { min(RecurrentStep.chunk, max(steps, 1)) }

    func run() {
        begin()
        var done = 0
        while done < steps {
            let count = min(chunk, steps - done)
            project(done..<done + count)
            for step in 0..<count { advance(step, time: time(done + step), order: done + step) }
            done += count
        }
        if steps == 0 { output.fill(0) }
        hiddenResult?.copy(hidden)
        if let cellResult, let cellState { cellResult.copy(cellState) }
    }

    private func begin() {
        scratch.seen.fill(0)
        guard !carriesState || initialHidden != nil else { return }
        if let initialHidden { hidden.copy(initialHidden) } else { hidden.fill(0) }
        guard let cellState else { return }
        if let initialCell { cellState.copy(initialCell) } else { cellState.fill(0) }
    }

    /// The time of the n-th step to be taken.
    private func time(_ order: Int) -> Int { flags.contains(.reversed) ? steps - 1 - order : order }

    /// Multiplies the inputs of some steps with the kernel: `gates[sample][step] = x K + b`.
    private func project(_ orders: Range<Int>) {
        let first = min(time(orders.lowerBound), time(orders.upperBound - 1))
        for sample in 0..<batch {
            kernel.multiply(
                input.base + (sample * steps + first) * features, inputStride: features, rows: orders.count,
                into: scratch.gates.base + sample * chunk * width, outputStride: width, columns: 0..<width, shift: inputBias)
        }
    }

    private func advance(_ step: Int, time: Int, order: Int) {
        // Inputs stand in the order of time, also when it runs backwards.
        let count = min(chunk, steps - order + step)
        let place = flags.contains(.reversed) ? count - 1 - step : step
        let gates = scratch.gates.base + place * width
        let stride = chunk * width
        switch cell {
        case .simple, .lstm:
            recurrentKernel.accumulate(hidden.base, inputStride: units, rows: batch, into: gates, outputStride: stride, columns: 0..<width)
        case .gru:
            recurrentKernel.accumulate(hidden.base, inputStride: units, rows: batch, into: gates, outputStride: stride, columns: 0..<2 * units)
        case .gruResetAfter:
            recurrentKernel.multiply(
                hidden.base, inputStride: units, rows: batch, into: scratch.recurrent.base, outputStride: width, columns: 0..<width,
                shift: recurrentBias)
        }
        for sample in 0..<batch {
            let visible = mask.map { $0[sample * steps + time] != 0 } ?? true
            if visible {
                update(sample, gates + sample * stride)
                scratch.seen[sample] = 1
            }
            emit(sample, order: order, visible: visible)
        }
    }

    /// The output of a masked step is the one before it, zero at first, or always zero.
    private func emit(_ sample: Int, order: Int, visible: Bool) {
        let sequences = flags.contains(.returnsSequences)
        guard sequences || order == steps - 1 else { return }
        let target = output.base + (sequences ? sample * steps + order : sample) * units
        if visible || scratch.seen[sample] != 0 && !flags.contains(.zeroesMaskedOutputs) {
            target.update(from: hidden.base + sample * units, count: units)
        } else {
            target.update(repeating: 0, count: units)
        }
    }

    private func update(_ sample: Int, _ gates: UnsafeMutablePointer<Number>) {
        let h = hidden.base + sample * units
        switch cell {
        case .simple:
            activation.apply(gates, count: units)
            h.update(from: gates, count: units)
        case .lstm:
            guard let c = cellState.map({ $0.base + sample * units }) else { return }
            lstm.update(gates, hidden: h, cell: c)
        case .gru: updateGRU(gates, h)
        case .gruResetAfter: updateGRUResetAfter(gates, scratch.recurrent.base + sample * width, h)
        }
    }

    private var hasUsualActivations: Bool { activation.activation == .tanh && recurrentActivation.activation == .sigmoid }

    private var lstm: LSTMCell<Number> {
        LSTMCell(units: units, activation: activation, recurrentActivation: recurrentActivation, accelerator: accelerator)
    }

    private func updateGRU(_ x: UnsafeMutablePointer<Number>, _ h: UnsafeMutablePointer<Number>) {
        recurrentActivation.apply(x, count: 2 * units)
        let reset = scratch.reset.base
        for unit in 0..<units { reset[unit] = x[units + unit] * h[unit] }
        recurrentKernel.accumulate(
            reset, inputStride: units, rows: 1, into: x, outputStride: width, columns: 2 * units..<width)
        activation.apply(x + 2 * units, count: units)
        for unit in 0..<units { h[unit] = x[unit] * h[unit] + (1 - x[unit]) * x[2 * units + unit] }
    }

    private func updateGRUResetAfter(_ x: UnsafeMutablePointer<Number>, _ r: UnsafeMutablePointer<Number>, _ h: UnsafeMutablePointer<Number>) {
        #if canImport(CNNKernels)
            if hasUsualActivations, let kernels = accelerator.kernels(for: Number.self) {
                return kernels.pointee.gru_cell_reset_after(floats(x, width), floats(r, width), floats(h, units), units)
            }
        #endif
        for index in 0..<2 * units { x[index] += r[index] }
        recurrentActivation.apply(x, count: 2 * units)
        for unit in 0..<units { x[2 * units + unit] += x[units + unit] * r[2 * units + unit] }
        activation.apply(x + 2 * units, count: units)
        for unit in 0..<units { h[unit] = x[unit] * h[unit] + (1 - x[unit]) * x[2 * units + unit] }
    }

    private func floats(_ pointer: UnsafeMutablePointer<Number>, _ count: Int) -> UnsafeMutablePointer<Float> {
        Region(base: pointer, count: count).cast(to: Float.self).base
    }
}

/// The memory a recurrent layer works in.
struct RecurrentScratch<Number: Scalar> {
    /// `[batch, chunk, gates * units]`
    let gates: Region<Number>
    /// `[batch, gates * units]`, for a GRU that resets after the product.
    let recurrent: Region<Number>
    /// `[units]`, for a GRU that resets before it.
    let reset: Region<Number>
    /// `[batch]`: whether a sample has had a visible step.
    let seen: Region<UInt8>

    static func counts(_ cell: Recurrent.Cell, batch: Int, steps: Int, units: Int) throws(ProgramError) -> (gates: Int, recurrent: Int, reset: Int) {
        let width = try Dimension.multiply(units, cell.gates)
        let chunk = min(RecurrentStep<Number>.chunk, max(steps, 1))
        let gates = try Dimension.multiply(try Dimension.multiply(width, chunk), batch)
        return (gates, cell == .gruResetAfter ? try Dimension.multiply(width, batch) : 0, cell == .gru ? units : 0)
    }
}

extension Recurrent {
    func stateCount(_ context: ShapeContext) throws(ProgramError) -> Int {
        let units = context.tensors[recurrentKernel.index].shape[0]
        return try Dimension.multiply(try Dimension.multiply(units, try context.shape(input)[0]), cell.states)
    }

    var keepsState: Bool { flags.contains(.stateful) }

    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        let shape = planner.shape(of: input)
        let units = planner.tensors[recurrentKernel.index].shape[0]
        let counts = try RecurrentScratch<Number>.counts(cell, batch: shape[0], steps: shape[1], units: units)
        let size = MemoryLayout<Number>.stride
        return try Dimension.add(try Dimension.multiply(counts.gates + counts.recurrent + counts.reset, size), shape[0])
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let kernelShape = planner.tensors[kernel.index].shape
        let units = kernelShape[1] / cell.gates
        let counts = try RecurrentScratch<Number>.counts(cell, batch: shape[0], steps: shape[1], units: units)
        let memory = planner.scratch()
        let size = MemoryLayout<Number>.stride
        let numbers = Region(
            base: UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: Number.self), count: memory.count / size)
        let afterGates = numbers.from(counts.gates)
        let bytes = (counts.gates + counts.recurrent + counts.reset) * size
        let scratch = RecurrentScratch(
            gates: numbers[0..<counts.gates], recurrent: afterGates[0..<counts.recurrent],
            reset: afterGates.from(counts.recurrent)[0..<counts.reset], seen: memory[bytes..<bytes + shape[0]])
        let bias = try planner.vector(bias)
        let width = kernelShape[1]
        let hidden = planner.state(shape[0] * units)
        let mask: Region<UInt8>? = if let mask { try planner.mask(mask) } else { nil }
        let initial: [Region<Number>] = try planner.numbers(initialStates)
        return .recurrent(
            RecurrentStep(
                cell: cell, flags: flags, input: try planner.numbers(input), mask: mask,
                kernel: MatrixRows(matrix: try planner.matrix(kernel), accelerator: planner.accelerator),
                recurrentKernel: MatrixRows(matrix: try planner.matrix(recurrentKernel), accelerator: planner.accelerator),
                inputBias: bias.map { $0[0..<width] }, recurrentBias: cell == .gruResetAfter ? bias.map { $0[width..<2 * width] } : nil,
                activation: ActivationStep(activation: activation, accelerator: planner.accelerator),
                recurrentActivation: ActivationStep(activation: recurrentActivation, accelerator: planner.accelerator),
                output: try planner.result(), hidden: hidden, cellState: cell == .lstm ? planner.state(shape[0] * units) : nil,
                carriesState: planner.carriesState || flags.contains(.stateful), initialHidden: initial.first,
                initialCell: initial.count > 1 ? initial[1] : nil,
                hiddenResult: flags.contains(.returnsState) ? try planner.result(1) : nil,
                cellResult: flags.contains(.returnsState) && cell == .lstm ? try planner.result(2) : nil, batch: shape[0],
                steps: shape[1], features: shape[2], units: units, scratch: scratch, accelerator: planner.accelerator))
    }
}
