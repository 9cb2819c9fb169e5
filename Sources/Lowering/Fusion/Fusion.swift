import NNInference

extension LoweredModel {
    /// The same computation in fewer operations: what can be done at the end of a matrix product or convolution is done there, copies
    /// that undo each other are gone, and so is what nothing needs.
    func fused() -> LoweredModel {
        guard var graph = ProgramGraph(self) else { return self }
        while graph.applyOnce(Rewrite.all) {}
        return graph.pruned(self) ?? self
    }
}

/// A program that is being rewritten. Each operation keeps its place; a result that became superfluous stands for another one.
struct ProgramGraph {
    private(set) var operations: [Operation]
    private(set) var names: [String]
    let inputs: [ValueInfo]
    private(set) var outputs: [ValueID]
    private var context: ShapeContext
    private let firstResults: [Int]
    /// The operation that makes a value; nil for an input.
    private let producers: [Int?]
    /// How often a value is read. Between two counts at most too high, so that what seems to be read once is.
    private var useCounts: [Int]
    /// What to read instead of a value.
    private var substitutes: [Int: Int] = [:]

    /// nil when the program does not fit together.
    init?(_ model: LoweredModel) {
        guard let inferred = try? model.program.infer(tensors: model.descriptors) else { return nil }
        operations = model.program.operations
        names = model.operationNames
        inputs = model.program.inputs
        outputs = model.program.outputs
        context = inferred.context
        firstResults = inferred.firstResults
        var producers = [Int?](repeating: nil, count: inferred.values.count)
        for index in operations.indices {
            for value in inferred.results(of: index) { producers[value] = index }
        }
        self.producers = producers
        useCounts = []
        countUses()
    }

    /// Counts the uses of values by operations whose results reach an output.
    private mutating func countUses() {
        useCounts = Array(repeating: 0, count: context.values.count)
        for output in outputs { useCounts[output.index] += 1 }
        for index in operations.indices.reversed() where isLive(index) {
            for value in operations[index].valuesRead { useCounts[value.index] += 1 }
        }
    }

    private func isLive(_ index: Int) -> Bool { results(of: index).contains { useCounts[$0] > 0 } }

    /// Tries every rewrite at every operation; tells whether any applied.
    mutating func applyOnce(_ rewrites: [Rewrite]) -> Bool {
        var changed = false
        for index in operations.indices {
            substituteInputs(of: index)
            for rewrite in rewrites where isLive(index) && rewrite.apply(&self, index) { changed = true }
        }
        countUses()
        return changed
    }

    private mutating func substituteInputs(of index: Int) {
        var substituted: [Int: Int] = [:]
        for value in operations[index].valuesRead { substituted[value.index] = current(value).index }
        operations[index].renumber(values: substituted, tensors: [:])
    }

    private func current(_ value: ValueID) -> ValueID {
        var index = value.index
        while let substitute = substitutes[index] { index = substitute }
        return ValueID(index)
    }

    // MARK: For rewrites

    func shape(_ value: ValueID) -> Shape { context.values[value.index].shape }

    func results(of index: Int) -> Range<Int> {
        firstResults[index]..<(index + 1 < firstResults.count ? firstResults[index + 1] : context.values.count)
    }

    /// The first result of an operation.
    func result(of index: Int) -> ValueID { ValueID(firstResults[index]) }

    /// The operation that makes `value`.
    func producer(of value: ValueID) -> (index: Int, operation: Operation)? {
        producers[value.index].map { ($0, operations[$0]) }
    }

    /// The operation that makes `value`, when nothing but one operation reads it.
    func soleProducer(of value: ValueID) -> (index: Int, operation: Operation)? {
        useCounts[value.index] == 1 ? producer(of: value) : nil
    }

    /// Puts another operation at the place of one, with results that mean the same.
    mutating func replace(_ index: Int, with operation: Operation) {
        for input in operations[index].valuesRead { useCounts[input.index] -= 1 }
        for input in operation.valuesRead { useCounts[input.index] += 1 }
        operations[index] = operation
    }

    /// Lets all that read the operation's result read `value` instead. The operation is dead after that.
    mutating func bypass(_ index: Int, with value: ValueID) {
        let old = firstResults[index]
        for input in operations[index].valuesRead { useCounts[input.index] -= 1 }
        useCounts[value.index] += useCounts[old]
        useCounts[old] = 0
        substitutes[old] = value.index
        outputs = outputs.map { current($0) }
    }

    /// Exchanges an operation with the one before it that makes its input, which nothing else reads: `outer` now comes first.
    /// Tells whether the two fit together that way round.
    mutating func exchange(_ inner: Int, with outer: Int, newInner: Operation, newOuter: Operation) -> Bool {
        let middle = context.values[firstResults[inner]]
        guard let first = try? newOuter.infer(context), first.count == 1 else { return false }
        context.values[firstResults[inner]] = first[0]
        guard let second = try? newInner.infer(context), second == [context.values[firstResults[outer]]] else {
            context.values[firstResults[inner]] = middle
            return false
        }
        operations[inner] = newOuter
        operations[outer] = newInner
        names.swapAt(inner, outer)
        return true
    }
}

extension Operation {
    var valuesRead: [ValueID] { uses().values }
    var tensorsUsed: [TensorID] { uses().tensors }

    private func uses() -> Uses {
        var copy = self
        var uses = Uses()
        // Listing cannot fail.
        try? copy.visit(&uses)
        return uses
    }

    mutating func renumber(values: [Int: Int], tensors: [Int: Int]) {
        var uses = Uses(renumberingValues: values, tensors: tensors)
        try? visit(&uses)
    }
}
