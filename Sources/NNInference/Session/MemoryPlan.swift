/// Places every value of a program in one arena so that values that are needed at the same time do not overlap.
struct MemoryPlan: Sendable {
    enum Place: Hashable, Sendable {
        /// Bytes from the start of the arena.
        case arena(Int)
        case tensor(TensorID)
        /// In a group's memory, a block at a time.
        case inGroup
    }

    /// Where each value lies, by value index.
    private(set) var places: [Place] = []
    /// Where each operation's scratch memory lies, and how much there is.
    private(set) var scratch: [Range<Int>] = []
    private(set) var arenaBytes = 0

    /// A buffer of the arena: one or more values that share it, or an operation's scratch memory.
    private struct Buffer {
        var bytes: Int
        var firstUse: Int
        var lastUse: Int
        var offset = 0
    }

    /// - Parameters:
    ///   - inferred: values with known shapes.
    ///   - elementBytes: size of the session's number type.
    ///   - scratchBytes: what each operation needs for itself; a group's first operation needs the group's memory.
    ///   - groups: operations that run together: what they keep among themselves gets no place here.
    ///   - keepsInputs: whether the caller may read the inputs until the end.
    init(
        _ program: Program, _ inferred: Program.Inferred, elementBytes: Int, scratchBytes: [Int], groups: [SampleGroup] = [],
        keepsInputs: Bool = true
    ) throws(ProgramError) {
        let values = inferred.values
        let end = program.operations.count
        // All of a group happens at the time of its first operation.
        var times = Array(program.operations.indices)
        var isInGroup = Array(repeating: false, count: values.count)
        for group in groups {
            for index in group.operations {
                times[index] = group.operations.lowerBound
                for result in inferred.results(of: index) { isInGroup[result] = true }
            }
        }
        let exported = groups.flatMap { $0.outputs.map { $0.index } }
        var uses: [[Int]] = Array(repeating: [], count: values.count)
        var reads: [[ValueID]] = []
        for (index, operation) in program.operations.enumerated() {
            var visitor = Uses()
            var copy = operation
            try copy.visit(&visitor)
            reads.append(visitor.values)
            for value in visitor.values { uses[value.index].append(times[index]) }
        }
        for output in program.outputs { uses[output.index].append(end) }

        var buffers: [Buffer] = []
        var bufferOf: [Int?] = Array(repeating: nil, count: values.count)
        places = Array(repeating: .arena(0), count: values.count)

        func bytes(_ value: Int) throws(ProgramError) -> Int {
            guard let count = values[value].shape.count else {
                if let axis = values[value].shape.dimensions.firstIndex(of: Shape.unknown) { throw ProgramError(.unknownDimension(axis: axis)) }
                throw ProgramError(.overflow)
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: values[value].type.size(ofNumber: elementBytes))
            guard !overflow else { throw ProgramError(.overflow) }
            return try Memory.aligned(product)
        }
        func own(_ value: Int, at step: Int) throws(ProgramError) {
            bufferOf[value] = buffers.count
            buffers.append(Buffer(bytes: try bytes(value), firstUse: step, lastUse: uses[value].last ?? step))
        }
        func share(_ value: Int, with input: Int, at step: Int) {
            if let buffer = bufferOf[input] {
                bufferOf[value] = buffer
                buffers[buffer].lastUse = max(buffers[buffer].lastUse, uses[value].last ?? step)
            } else {
                places[value] = places[input]
            }
        }

        // The caller writes inputs before the first operation.
        for input in program.inputs.indices {
            try own(input, at: -1)
            if keepsInputs { buffers[bufferOf[input] ?? 0].lastUse = end }
        }
        for (index, operation) in program.operations.enumerated() {
            for result in inferred.results(of: index) {
                let storage = result == inferred.results(of: index).lowerBound ? try operation.resultStorage() : .own
                if isInGroup[result] {
                    if case .tensor(let tensor) = storage {
                        places[result] = .tensor(tensor)
                    } else if exported.contains(result) {
                        try own(result, at: times[index])
                    } else {
                        places[result] = .inGroup
                    }
                    continue
                }
                switch storage {
                case .own:
                    try own(result, at: index)
                case .alias(let input):
                    share(result, with: input.index, at: index)
                case .inPlace(let input):
                    // Only if this is the last use of the buffer, whoever shares it, and it is no input of the program.
                    if let buffer = bufferOf[input.index], buffers[buffer].lastUse == index, input.index >= program.inputs.count,
                        reads[index].filter({ bufferOf[$0.index] == buffer }).count == 1,
                        // Buffers are rounded up: a smaller operand, which is read again and again, may have one of the same size.
                        values[input.index].shape.count == values[result].shape.count, try buffers[buffer].bytes == bytes(result)
                    {
                        share(result, with: input.index, at: index)
                    } else {
                        try own(result, at: index)
                    }
                case .tensor(let tensor):
                    places[result] = .tensor(tensor)
                }
            }
        }
        let firstScratch = buffers.count
        for (index, bytes) in scratchBytes.enumerated() {
            buffers.append(Buffer(bytes: try Memory.aligned(bytes), firstUse: index, lastUse: index))
        }

        arenaBytes = try MemoryPlan.place(&buffers)
        for value in values.indices {
            if let buffer = bufferOf[value] { places[value] = .arena(buffers[buffer].offset) }
        }
        scratch = buffers[firstScratch...].map { $0.offset..<$0.offset + $0.bytes }
    }

    /// Gives each buffer the lowest place that is free during its life, the largest buffers first.
    private static func place(_ buffers: inout [Buffer]) throws(ProgramError) -> Int {
        var total = 0
        var placed: [Int] = []
        for index in buffers.indices.sorted(by: { (buffers[$0].bytes, $1) > (buffers[$1].bytes, $0) }) {
            let buffer = buffers[index]
            var offset = 0
            for other in placed where buffers[other].firstUse <= buffer.lastUse && buffer.firstUse <= buffers[other].lastUse {
                // `placed` is ordered by offset: the first gap that is large enough is the lowest.
                if buffers[other].offset - offset >= buffer.bytes { break }
                offset = max(offset, buffers[other].offset + buffers[other].bytes)
            }
            let (end, overflow) = offset.addingReportingOverflow(buffer.bytes)
            guard !overflow else { throw ProgramError(.overflow) }
            buffers[index].offset = offset
            total = max(total, end)
            placed.insert(index, at: placed.firstIndex { buffers[$0].offset > offset } ?? placed.count)
        }
        return total
    }
}
