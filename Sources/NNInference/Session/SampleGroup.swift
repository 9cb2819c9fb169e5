/// When operations run block by block; see ``SampleGroup``.
package struct BlockRule: Hashable, Sendable {
    /// What an operation reads and writes for one block should fit: three quarters of a second level cache of 1 MiB, the rest of which is
    /// for weights.
    package var cacheBytes = 3 << 18
    /// Weights up to this size are still there when the next block comes.
    package var smallWeights = 3 << 17
    /// Rows that a block must give to a matrix of such weights, so that the leaf kernels' tiles are full.
    package var fewRows = 12
    /// Rows that a block must give to larger weights, which each block reads anew: the leaf kernels multiply 12 to 96 per reading anyway.
    package var manyRows = 64
    /// A group of fewer operations is not worth copying its inputs and outputs.
    package var fewestOperations = 2
    /// Multiply-accumulates beside which copying a byte does not count.
    package var costPerCopiedByte: UInt64 = 8

    package init() {}
}

/// Consecutive operations that run over one block of samples after the other instead of each over the whole batch: what they hand on
/// stays in a processor's cache, it needs memory for one block per worker only, and workers wait for each other at the group's end, not
/// after every operation.
struct SampleGroup {
    let operations: Range<Int>
    let batch: Int
    /// Samples of a block.
    let block: Int
    /// The operations as a program of their own, and its values for one block.
    let program: Program
    let inferred: Program.Inferred
    /// Its inputs and outputs as values of the whole program.
    let inputs: [ValueID]
    let outputs: [ValueID]
    /// Of the whole batch; see ``Step/cost``.
    let cost: Int
}

/// The weights that a step reads for the whole batch.
struct WeightUse {
    var bytes: Int
    /// The rows that they are multiplied with.
    var rows: Int
}

extension OperationKind {
    /// Whether a sample of the results depends on the same sample of the inputs alone, and running it can neither fail nor change anything
    /// but the results.
    fileprivate var worksSampleBySample: Bool {
        switch self {
        // They keep a state.
        case .recurrent, .convolutionalRecurrent: false
        // They stop at an element that is no index, and say which.
        case .embedding, .encoding, .hashing, .lookup, .inverseLookup, .textVectorization: false
        default: true
        }
    }
}

/// Finds the groups of a program for a batch.
struct SampleGroups<Number: Scalar> {
    private let program: Program
    private var planner: Planner<Number>
    private let batch: Int
    private let rule: BlockRule
    /// What each operation reads.
    private var reads: [[ValueID]] = []
    private var weights: [Int] = []
    /// For each value whether it has samples, its tensor if it is a constant, and the last operation that reads it.
    private var hasSamples: [Bool]
    private var constants: [TensorID?]
    private var lastUse: [Int]

    private(set) var groups: [SampleGroup] = []

    private var inferred: Program.Inferred { planner.inferred }
    private var workers: Int { planner.workers }

    init(_ program: Program, _ planner: Planner<Number>, batch: Int, rule: BlockRule) throws(ProgramError) {
        self.program = program
        self.planner = planner
        self.batch = batch
        self.rule = rule
        let (inferred, workers) = (planner.inferred, planner.workers)
        hasSamples = Array(repeating: true, count: inferred.values.count)
        constants = Array(repeating: nil, count: inferred.values.count)
        lastUse = Array(repeating: -1, count: inferred.values.count)
        // With fewer samples than workers, or a rest that leaves many of them idle, the parts of single operations are shared out better.
        let rounds = (batch + workers - 1) / max(workers, 1)
        guard batch > 1, batch >= workers, 5 * batch >= 4 * rounds * workers else { return }
        try look()
        try find()
    }

    private mutating func look() throws(ProgramError) {
        for (index, operation) in program.operations.enumerated() {
            var uses = Uses()
            var copy = operation
            try copy.visit(&uses)
            reads.append(uses.values)
            var bytes = 0
            for tensor in uses.tensors {
                let descriptor = inferred.context.tensors[tensor.index]
                bytes += (descriptor.count ?? 0) * descriptor.elementType.size
            }
            weights.append(bytes)
            for value in uses.values { lastUse[value.index] = index }
            let depends = uses.values.contains { hasSamples[$0.index] }
            for result in inferred.results(of: index) { hasSamples[result] = depends }
            if case .constant(let record) = operation { constants[inferred.results(of: index).lowerBound] = record.tensor }
        }
        for output in program.outputs { lastUse[output.index] = program.operations.count }
    }

    private mutating func find() throws(ProgramError) {
        var start = 0
        var sizes: ClosedRange<Int>?
        for index in program.operations.indices {
            let wanted = try blockSizes(index)
            if let sizes, let wanted, sizes.overlaps(wanted) {
                // Goes on.
            } else {
                if let sizes { try close(start..<index, sizes) }
                start = index
                sizes = wanted
                continue
            }
            if let known = sizes, let wanted { sizes = known.clamped(to: wanted) }
        }
        if let sizes { try close(start..<program.operations.count, sizes) }
    }

    // MARK: Block sizes

    private var samplesPerWorker: Int { (batch + workers - 1) / workers }

    /// The sizes of blocks in which an operation runs well; nil if it has to run over the whole batch.
    private mutating func blockSizes(_ operation: Int) throws(ProgramError) -> ClosedRange<Int>? {
        guard program.operations[operation].kind.worksSampleBySample else { return nil }
        let any = 1...samplesPerWorker
        let storage = try program.operations[operation].resultStorage()
        if case .tensor = storage { return any }
        guard reads[operation].allSatisfy({ hasSamples[$0.index] || constants[$0.index] != nil }) else { return nil }
        let results = inferred.results(of: operation)
        let samples = (reads[operation].map { $0.index } + results).filter { hasSamples[$0] }
        for value in samples {
            guard let first = inferred.values[value].shape.dimensions.first, first > 0, first % batch == 0 else { return nil }
        }
        guard results.allSatisfy({ hasSamples[$0] }) else { return nil }
        if case .alias = storage { return any }
        var bytes = 0
        for value in samples { bytes += try byteCount(value) / batch }
        let most = min(max(rule.cacheBytes / max(bytes, 1), 1), samplesPerWorker)
        var least = 1
        if weights[operation] > 0 {
            planner.operation = operation
            let rows = Shape.product(inferred.values[results.lowerBound].shape.dimensions.dropLast()) ?? 0
            let use = try program.operations[operation].weightUse(planner) ?? WeightUse(bytes: weights[operation], rows: rows)
            let wanted = use.bytes > rule.smallWeights ? rule.manyRows : rule.fewRows
            least = (wanted - 1) / max(use.rows / batch, 1) + 1
        }
        return least <= most ? least...most : nil
    }

    private func byteCount(_ value: Int) throws(ProgramError) -> Int {
        guard let count = inferred.values[value].shape.count else { throw ProgramError(.overflow) }
        return try Dimension.multiply(count, inferred.values[value].type.size(ofNumber: MemoryLayout<Number>.stride))
    }

    /// The size with which the slowest worker is done first; of several the largest, but not so small a one that a block is hardly any work.
    private func block(_ sizes: ClosedRange<Int>) -> Int {
        var best = (time: Int.max, size: 1)
        for size in stride(from: sizes.upperBound, through: max(sizes.lowerBound, (sizes.upperBound + 1) / 2), by: -1) {
            let blocks = (batch + size - 1) / size
            let time = (blocks + workers - 1) / workers * size
            if time < best.time { best = (time, size) }
        }
        return best.size
    }

    // MARK: Groups

    private mutating func close(_ operations: Range<Int>, _ sizes: ClosedRange<Int>) throws(ProgramError) {
        var cost: UInt64 = 0
        var count = 0
        for index in operations {
            switch try program.operations[index].resultStorage() {
            case .alias, .tensor: continue
            default: count += 1
            }
            let results = inferred.results(of: index).map { inferred.values[$0] }
            let more = try program.operations[index].multiplyAccumulates(inferred.context, results: results)
            cost = cost.addingReportingOverflow(more).partialValue
            for result in results { cost = cost.addingReportingOverflow(UInt64(result.shape.count ?? 0)).partialValue }
        }
        guard count >= rule.fewestOperations, workers == 1 || cost >= UInt64(Step<Float>.worthSharing) else { return }
        let size = block(sizes)
        // One block would be the whole batch as before, and its inputs and outputs copied.
        guard size < batch, let group = try group(operations, block: size, cost: Int(clamping: cost)) else { return }
        if size == samplesPerWorker {
            // It all fits the cache: copying has to be little beside the arithmetic.
            var copied: UInt64 = 0
            for value in group.inputs + group.outputs { copied += UInt64(try byteCount(value.index)) }
            guard cost >= copied * rule.costPerCopiedByte else { return }
        }
        groups.append(group)
    }

    private func group(_ operations: Range<Int>, block: Int, cost: Int) throws(ProgramError) -> SampleGroup? {
        let values = inferred.firstResults[operations.lowerBound]..<inferred.results(of: operations.upperBound - 1).upperBound
        func info(_ value: Int) -> ValueInfo {
            var info = inferred.values[value]
            if hasSamples[value] { info.shape[0] = info.shape[0] / batch * block }
            return info
        }
        var inputs: [ValueID] = []
        var outerConstants: [Int] = []
        for value in operations.flatMap({ reads[$0] }) where value.index < values.lowerBound {
            if constants[value.index] == nil {
                if !inputs.contains(value) { inputs.append(value) }
            } else if !outerConstants.contains(value.index) {
                outerConstants.append(value.index)
            }
        }
        var places: [Int: Int] = [:]
        for (place, value) in (inputs.map { $0.index } + outerConstants + Array(values)).enumerated() { places[value] = place }
        var part = Program(inputs: inputs.map { info($0.index) })
        for value in outerConstants {
            if let tensor = constants[value] { part.operations.append(.constant(Constant(tensor: tensor))) }
        }
        for index in operations {
            var operation = program.operations[index]
            var renumbering = Uses(renumberingValues: places)
            try operation.visit(&renumbering)
            part.operations.append(operation)
        }
        let outputs = values.filter { lastUse[$0] >= operations.upperBound && constants[$0] == nil }.map { ValueID($0) }
        for output in outputs {
            if let place = places[output.index] { part.outputs.append(ValueID(place)) }
        }
        // A program that holds for one batch only is none of blocks.
        guard !inputs.isEmpty, !outputs.isEmpty, let known = try? part.infer(tensors: inferred.context.tensors) else { return nil }
        for value in values {
            guard let place = places[value], known.values[place] == info(value) else { return nil }
        }
        return SampleGroup(
            operations: operations, batch: batch, block: block, program: part, inferred: known, inputs: inputs, outputs: outputs, cost: cost)
    }
}
