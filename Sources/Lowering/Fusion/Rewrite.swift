import NNInference

/// A way to compute the same with less. Applied to the operation at an index; tells whether it did anything.
struct Rewrite: Sendable {
    let apply: @Sendable (inout ProgramGraph, Int) -> Bool

    static let all = [
        dropIdentities, mergeReshapes, mergeTranspositions, moveTranspositionBack, mergeSteps, countStepsEarlier, moveStepsBack, absorbStatistics,
        absorbActivation,
    ]

    // MARK: Epilogues

    /// A BatchNormalization along the last axis of the sums before it.
    static let absorbStatistics = Rewrite { graph, index in
        guard case .standardization(let record) = graph.operations[index],
            let (producer, operation) = graph.soleProducer(of: record.input),
            record.axes == AxisSet([graph.shape(record.input).rank - 1]),
            let epilogue = operation.epilogue, epilogue.statistics == nil, epilogue.activation == .linear
        else { return false }
        var fused = epilogue
        fused.statistics = record.statistics
        graph.replace(producer, with: operation.with(fused))
        graph.bypass(index, with: record.input)
        return true
    }

    static let absorbActivation = Rewrite { graph, index in
        guard case .activation(let record) = graph.operations[index], record.activation != .linear,
            let (producer, operation) = graph.soleProducer(of: record.input),
            let epilogue = operation.epilogue, epilogue.activation == .linear
        else { return false }
        var fused = epilogue
        fused.activation = record.activation
        graph.replace(producer, with: operation.with(fused))
        graph.bypass(index, with: record.input)
        return true
    }

    // MARK: Operations that change nothing

    static let dropIdentities = Rewrite { graph, index in
        let input: ValueID
        switch graph.operations[index] {
        case .activation(let record) where record.activation == .linear: input = record.input
        case .scaling(let record) where record.scale == 1 && record.shift == 0: input = record.input
        case .repetition(let record) where record.count == 1: input = record.input
        case .transposition(let record) where record.order == record.order.sorted(): input = record.input
        case .padding(let record) where (record.before + record.after).allSatisfy { $0 == 0 }: input = record.input
        case .cropping(let record) where (record.before + record.after).allSatisfy { $0 == 0 }: input = record.input
        case .reshape(let record):
            let before = graph.shape(record.input).dimensions
            let after = graph.shape(graph.result(of: index)).dimensions
            guard before == after, !after.dropFirst().contains(Shape.unknown) else { return false }
            input = record.input
        default: return false
        }
        graph.bypass(index, with: input)
        return true
    }

    // MARK: Copies that undo each other

    static let mergeReshapes = Rewrite { graph, index in
        guard case .reshape(var record) = graph.operations[index],
            case .reshape(let first)? = graph.producer(of: record.input)?.operation
        else { return false }
        record.input = first.input
        graph.replace(index, with: .reshape(record))
        return true
    }

    static let mergeTranspositions = Rewrite { graph, index in
        guard case .transposition(var record) = graph.operations[index],
            case .transposition(let first)? = graph.producer(of: record.input)?.operation
        else { return false }
        record.order = record.order.map { first.order[$0 - 1] }
        record.input = first.input
        graph.replace(index, with: .transposition(record))
        return true
    }

    /// Folding undoes unfolding; unfolding undoes folding when the steps are those of the folded value.
    static let mergeSteps = Rewrite { graph, index in
        switch graph.operations[index] {
        case .foldSteps(let record):
            guard case .unfoldSteps(let first)? = graph.producer(of: record.input)?.operation else { return false }
            graph.bypass(index, with: first.input)
        case .unfoldSteps(let record):
            guard case .foldSteps(let first)? = graph.producer(of: record.input)?.operation,
                graph.keepsSteps(from: record.steps, to: first.input)
            else { return false }
            graph.bypass(index, with: first.input)
        default: return false
        }
        return true
    }

    /// What was unfolded has the steps of the value that it was unfolded like, and need not be kept for them.
    static let countStepsEarlier = Rewrite { graph, index in
        guard case .unfoldSteps(var record) = graph.operations[index],
            case .unfoldSteps(let earlier)? = graph.producer(of: record.steps)?.operation
        else { return false }
        record.steps = earlier.steps
        graph.replace(index, with: .unfoldSteps(record))
        return true
    }

    // MARK: Copies that can wait

    /// `f(transpose(x))` becomes `transpose(f(x))` for what looks at single elements or channels, so that the transposition meets
    /// its inverse and f its producer.
    static let moveTranspositionBack = Rewrite { graph, index in
        guard let input = graph.operations[index].valuesRead.first, graph.operations[index].valuesRead.count == 1,
            let (producer, operation) = graph.soleProducer(of: input), case .transposition(var moved) = operation
        else { return false }
        let first: Operation
        switch graph.operations[index] {
        case .activation(var record):
            record.input = moved.input
            first = .activation(record)
        case .scaling(var record):
            record.input = moved.input
            first = .scaling(record)
        case .standardization(var record):
            let axes = record.axes.axes.map { moved.order[$0 - 1] }
            // The statistics' own axes stay in order.
            guard axes == axes.sorted() else { return false }
            record.axes = AxisSet(axes)
            record.input = moved.input
            first = .standardization(record)
        default: return false
        }
        moved.input = graph.result(of: producer)
        return graph.exchange(producer, with: index, newInner: .transposition(moved), newOuter: first)
    }

    /// `f(fold(x))` becomes `fold(f(x))` for what treats all leading axes alike: TimeDistributed(Dense) is Dense.
    static let moveStepsBack = Rewrite { graph, index in
        guard let input = graph.operations[index].valuesRead.first, graph.operations[index].valuesRead.count == 1,
            let (producer, operation) = graph.soleProducer(of: input), case .foldSteps(var moved) = operation
        else { return false }
        let rank = graph.shape(input).rank
        let first: Operation
        switch graph.operations[index] {
        case .dense(var record):
            record.input = moved.input
            first = .dense(record)
        case .activation(var record):
            record.input = moved.input
            first = .activation(record)
        case .scaling(var record):
            record.input = moved.input
            first = .scaling(record)
        case .softmax(var record):
            record.axes = AxisSet(record.axes.axes.map { $0 + 1 })
            record.input = moved.input
            first = .softmax(record)
        case .standardization(var record) where rank < Shape.maximumRank:
            record.axes = AxisSet(record.axes.axes.map { $0 + 1 })
            record.input = moved.input
            first = .standardization(record)
        default: return false
        }
        moved.input = graph.result(of: producer)
        return graph.exchange(producer, with: index, newInner: .foldSteps(moved), newOuter: first)
    }
}

extension ProgramGraph {
    /// Whether `value` has the batch and the steps of `origin`: it is `origin`, or made from it by operations that leave both alone.
    func keepsSteps(from origin: ValueID, to value: ValueID) -> Bool {
        var value = value
        while value != origin {
            guard let operation = producer(of: value)?.operation, let input = operation.inputWithSameSteps else { return false }
            value = input
        }
        return true
    }
}

extension Operation {
    /// What a matrix product or convolution does to its sums.
    var epilogue: Epilogue? {
        switch self {
        case .dense(let record): record.epilogue
        case .convolution(let record): record.epilogue
        case .transposedConvolution(let record): record.epilogue
        default: nil
        }
    }

    func with(_ epilogue: Epilogue) -> Operation {
        switch self {
        case .dense(var record):
            record.epilogue = epilogue
            return .dense(record)
        case .convolution(var record):
            record.epilogue = epilogue
            return .convolution(record)
        case .transposedConvolution(var record):
            record.epilogue = epilogue
            return .transposedConvolution(record)
        default: return self
        }
    }

    /// The input of an operation whose result has the same first two dimensions.
    fileprivate var inputWithSameSteps: ValueID? {
        switch self {
        case .dense(let record): record.input
        case .activation(let record): record.input
        case .scaling(let record): record.input
        case .softmax(let record): record.input
        case .standardization(let record): record.input
        default: nil
        }
    }
}
