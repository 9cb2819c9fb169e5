#if canImport(CNNKernels)
    import CNNKernels
#endif

/// A recurrent layer. Inputs go through the kernel several rows together; then each step adds its share of the state.
///
/// Workers share it by samples, each of which goes through all steps without waiting for others. A single sample of a large LSTM is shared
/// by units: each worker has its own columns of all gates, and all meet after each step.
struct RecurrentStep<Number: Scalar> {
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
    /// Whether one sample's step is one call of a leaf kernel.
    let stepsAtOnce: Bool
    let splitsUnits: Bool

    var width: Int { cell.gates * units }

    // MARK: Sharing

    /// What one worker computes.
    private struct Share {
        var samples: Range<Int>
        var units: Range<Int>
    }

    /// Samples, or panels of units.
    var parts: Int { splitsUnits ? units / TensorDescriptor.panelWidth : batch }
    /// The beginning and every step, if workers have to meet after each.
    var phases: Int { splitsUnits ? steps + 1 : 1 }
    /// Roughly the multiply-accumulate operations.
    var cost: Int { batch &* steps &* width &* (features &+ units) }

    /// - Parameter phase: nil for all.
    func run(_ parts: Range<Int>, phase: Int?) {
        let panel = TensorDescriptor.panelWidth
        let share = splitsUnits
            ? Share(samples: 0..<batch, units: parts.lowerBound * panel..<parts.upperBound * panel) : Share(samples: parts, units: 0..<units)
        guard !parts.isEmpty else { return }
        guard splitsUnits, let phase else {
            begin(share)
            for order in 0..<steps { take(order, share) }
            return finish(share)
        }
        if phase == 0 { begin(share) } else { take(phase - 1, share) }
        if phase == steps { finish(share) }
    }

    // MARK: State

    /// Where a sample's state lies after so many steps: a step that is one call of a kernel cannot write what it reads.
    private func state(after count: Int, _ share: Share) -> Region<Number> {
        stepsAtOnce && share.samples.count == 1 && (steps - count) % 2 == 1 ? scratch.next : hidden
    }

    private func begin(_ share: Share) {
        for sample in share.samples { scratch.seen[seenPlace(sample, share)] = 0 }
        let start = state(after: 0, share)
        if initialHidden != nil || !carriesState {
            set(start, initialHidden, share)
            if let cellState { set(cellState, initialCell, share) }
        } else if start.base != hidden.base {
            set(start, hidden, share)
        }
    }

    /// Sets a share of the state, or of a result; to zero if there is nothing to set it to.
    private func set(_ target: Region<Number>, _ source: Region<Number>?, _ share: Share) {
        for sample in share.samples {
            let place = sample * units + share.units.lowerBound..<sample * units + share.units.upperBound
            if let source { target[place].copy(source[place]) } else { target[place].fill(0) }
        }
    }

    private func finish(_ share: Share) {
        if steps == 0, !flags.contains(.returnsSequences) { set(output, nil, share) }
        if let hiddenResult { set(hiddenResult, hidden, share) }
        if let cellResult { set(cellResult, cellState, share) }
    }

    // MARK: Steps

    /// The time of the n-th step to be taken.
    private func time(_ order: Int) -> Int { flags.contains(.reversed) ? steps - 1 - order : order }

    private func take(_ order: Int, _ share: Share) {
        let first = order - order % scratch.chunk
        let chunk = first..<min(first + scratch.chunk, steps)
        if order == first { project(chunk, share) }
        // Inputs stand in the order of time, also when it runs backwards.
        let place = flags.contains(.reversed) ? chunk.upperBound - 1 - order : order - first
        advance(order, gates: scratch.gates.base + place * width, share)
    }

    /// Multiplies the inputs of some steps with the kernel: `gates[sample][step] = x K + b`.
    private func project(_ orders: Range<Int>, _ share: Share) {
        let first = min(time(orders.lowerBound), time(orders.upperBound - 1))
        let source = input.base + (share.samples.lowerBound * steps + first) * features
        let target = scratch.gates.base + share.samples.lowerBound * scratch.chunk * width
        if scratch.chunk == 1 {
            return project(source, stride: steps * features, rows: share.samples.count, target, share.units)
        }
        for index in 0..<share.samples.count {
            project(source + index * steps * features, stride: features, rows: orders.count, target + index * scratch.chunk * width, share.units)
        }
    }

    private func project(
        _ source: UnsafeMutablePointer<Number>, stride: Int, rows: Int, _ target: UnsafeMutablePointer<Number>, _ range: Range<Int>
    ) {
        let isWhole = range.count == units
        for gate in 0..<(isWhole ? 1 : cell.gates) {
            kernel.multiply(
                source, inputStride: stride, rows: rows, into: target, outputStride: width,
                columns: isWhole ? 0..<width : gate * units + range.lowerBound..<gate * units + range.upperBound, shift: inputBias)
        }
    }

    /// - Parameter gates: of sample 0.
    private func advance(_ order: Int, gates: UnsafeMutablePointer<Number>, _ share: Share) {
        let stride = scratch.chunk * width
        let source = state(after: order, share)
        let target = state(after: order + 1, share)
        let time = time(order)
        let isOneCall = stepsAtOnce && share.samples.count == 1
        if !isOneCall { addState(gates, stride: stride, share.samples) }
        for sample in share.samples {
            let isVisible = mask.map { $0[sample * steps + time] != 0 } ?? true
            if isVisible {
                if isOneCall {
                    stepLSTM(sample, gates + sample * stride, from: source, to: target, share.units)
                } else {
                    update(sample, gates + sample * stride)
                }
                // Written once, for bytes of other workers lie in the same line of the cache.
                let seen = seenPlace(sample, share)
                if scratch.seen[seen] == 0 { scratch.seen[seen] = 1 }
            } else if source.base != target.base {
                set(target, source, share)
            }
            emit(sample, order: order, from: target, isVisible: isVisible, share)
        }
    }

    private func seenPlace(_ sample: Int, _ share: Share) -> Int {
        splitsUnits ? share.units.lowerBound / TensorDescriptor.panelWidth : sample
    }

    /// The output of a masked step is the one before it, zero at first, or always zero.
    private func emit(_ sample: Int, order: Int, from state: Region<Number>, isVisible: Bool, _ share: Share) {
        let sequences = flags.contains(.returnsSequences)
        guard sequences || order == steps - 1 else { return }
        let target = output.base + (sequences ? sample * steps + order : sample) * units + share.units.lowerBound
        if isVisible || scratch.seen[seenPlace(sample, share)] != 0 && !flags.contains(.zeroesMaskedOutputs) {
            target.update(from: state.base + sample * units + share.units.lowerBound, count: share.units.count)
        } else {
            target.update(repeating: 0, count: share.units.count)
        }
    }

    private func stepLSTM(
        _ sample: Int, _ gates: UnsafeMutablePointer<Number>, from source: Region<Number>, to target: Region<Number>, _ range: Range<Int>
    ) {
        #if canImport(CNNKernels)
            guard let kernels = accelerator.kernels(for: Number.self), let panels = recurrentKernel.matrix.panels, let cellState else { return }
            let place = sample * units
            kernels.pointee.lstm_step(
                source.cast(to: Float.self).base + place, panels, floats(gates), cellState.cast(to: Float.self).base + place,
                target.cast(to: Float.self).base + place, units, range.lowerBound, range.upperBound)
        #endif
    }
}
