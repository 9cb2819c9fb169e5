/// The memory a recurrent layer works in.
struct RecurrentScratch<Number: Scalar> {
    /// Steps whose inputs are multiplied together, sample by sample; one for so many samples that those fill the kernel's tiles.
    let chunk: Int
    /// `[batch, chunk, gates * units]`
    let gates: Region<Number>
    /// `[batch, gates * units]`, for a GRU that resets after the product.
    let recurrent: Region<Number>
    /// `[batch, units]`, for a GRU that resets before it.
    let reset: Region<Number>
    /// `[batch, units]`, for an LSTM: every second state.
    let next: Region<Number>
    /// `[batch]` or, if workers share the units, one per panel of them: whether a sample has had a visible step.
    let seen: Region<UInt8>
}

/// How much of it there is.
private struct RecurrentScratchCounts {
    var chunk: Int
    var gates: Int
    var recurrent: Int
    var reset: Int
    var next: Int
    var seen: Int

    init(_ cell: Recurrent.Cell, batch: Int, steps: Int, units: Int, workers: Int) throws(ProgramError) {
        let width = try Dimension.multiply(units, cell.gates)
        chunk = batch / workers >= 8 ? 1 : min(16, max(steps, 1))
        gates = try Dimension.multiply(try Dimension.multiply(width, chunk), batch)
        recurrent = cell == .gruResetAfter ? try Dimension.multiply(width, batch) : 0
        reset = cell == .gru ? try Dimension.multiply(units, batch) : 0
        next = cell == .lstm ? try Dimension.multiply(units, batch) : 0
        seen = max(batch, units / TensorDescriptor.panelWidth)
    }

    func bytes<Number>(_ type: Number.Type) throws(ProgramError) -> Int {
        var numbers = 0
        for count in [gates, recurrent, reset, next] { numbers = try Dimension.add(numbers, count) }
        return try Dimension.add(try Dimension.multiply(numbers, MemoryLayout<Number>.stride), seen)
    }

    func scratch<Number: Scalar>(in memory: Region<UInt8>) -> RecurrentScratch<Number> {
        var place = 0
        func numbers(_ count: Int) -> Region<Number> {
            let bytes = count * MemoryLayout<Number>.stride
            defer { place += bytes }
            return Region(base: UnsafeMutableRawPointer(memory[place..<place + bytes].base).assumingMemoryBound(to: Number.self), count: count)
        }
        return RecurrentScratch(
            chunk: chunk, gates: numbers(gates), recurrent: numbers(recurrent), reset: numbers(reset), next: numbers(next),
            seen: memory[place..<place + seen])
    }
}

extension Recurrent {
    /// Weights of a step from which on it is worth to meet after each one to share them.
    private static let worthMeeting = 32_768

    func stateCount(_ context: ShapeContext) throws(ProgramError) -> Int {
        let units = context.tensors[recurrentKernel.index].shape[0]
        return try Dimension.multiply(try Dimension.multiply(units, try context.shape(input)[0]), cell.states)
    }

    var keepsState: Bool { flags.contains(.stateful) }

    private func scratchCounts<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> RecurrentScratchCounts {
        let shape = planner.shape(of: input)
        return try RecurrentScratchCounts(
            cell, batch: shape[0], steps: shape[1], units: planner.tensors[recurrentKernel.index].shape[0], workers: planner.workers)
    }

    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int {
        try scratchCounts(planner).bytes(Number.self)
    }

    /// Whether one call of a leaf kernel takes a sample through a step.
    private func stepsAtOnce<Number: Scalar>(_ matrix: Matrix<Number>, _ planner: Planner<Number>) -> Bool {
        #if canImport(CNNKernels)
            cell == .lstm && activation == .tanh && recurrentActivation == .sigmoid && planner.isAccelerated && matrix.panels != nil
                && matrix.rows % TensorDescriptor.panelWidth == 0 && matrix.rows > 0
        #else
            false
        #endif
    }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let (batch, steps) = (shape[0], shape[1])
        let kernel = try planner.matrix(kernel)
        let recurrentKernel = try planner.matrix(recurrentKernel)
        let (units, width) = (recurrentKernel.rows, recurrentKernel.columns)
        let bias = try planner.vector(bias)
        let hidden = planner.state(batch * units)
        let mask: Region<UInt8>? = if let mask { try planner.mask(mask) } else { nil }
        let initial: [Region<Number>] = try planner.numbers(initialStates)
        let stepsAtOnce = stepsAtOnce(recurrentKernel, planner)
        return .recurrent(
            RecurrentStep(
                cell: cell, flags: flags, input: try planner.numbers(input), mask: mask,
                kernel: MatrixRows(matrix: kernel, accelerator: planner.accelerator),
                recurrentKernel: MatrixRows(matrix: recurrentKernel, accelerator: planner.accelerator),
                inputBias: bias.map { $0[0..<width] }, recurrentBias: cell == .gruResetAfter ? bias.map { $0[width..<2 * width] } : nil,
                activation: ActivationStep(activation: activation, accelerator: planner.accelerator),
                recurrentActivation: ActivationStep(activation: recurrentActivation, accelerator: planner.accelerator),
                output: try planner.result(), hidden: hidden, cellState: cell == .lstm ? planner.state(batch * units) : nil,
                carriesState: planner.carriesState || keepsState, initialHidden: initial.first,
                initialCell: initial.count > 1 ? initial[1] : nil,
                hiddenResult: flags.contains(.returnsState) ? try planner.result(1) : nil,
                cellResult: flags.contains(.returnsState) && cell == .lstm ? try planner.result(2) : nil, batch: batch,
                steps: steps, features: shape[2], units: units, scratch: try scratchCounts(planner).scratch(in: planner.scratch()),
                accelerator: planner.accelerator, stepsAtOnce: stepsAtOnce,
                splitsUnits: stepsAtOnce && batch == 1 && planner.workers > 1 && units > TensorDescriptor.panelWidth && units * width >= Recurrent.worthMeeting))
    }
}
