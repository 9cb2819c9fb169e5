extension Model {
    /// Runs the program in `Double` with the portable kernels on made-up inputs and keeps a digest of every operation's results.
    ///
    /// - Parameter seed: where the inputs' numbers begin.
    /// - Throws: a ``ProgramError`` if no small size fits the program's open dimensions, or the run takes too much memory.
    /// - Complexity: one prediction with the portable kernels: about a second for a thousand million multiply-accumulates.
    public func makeVerification(seed: UInt32 = 1) throws(ProgramError) -> VerificationVector {
        try fitting(seed) { vector throws(ProgramError) in vector.digests = try digests(vector, Double.self, .portable) }
    }

    /// The inputs of ``makeVerification(seed:)`` alone: without a run, there are no digests.
    package func makeInputs(seed: UInt32) throws(ProgramError) -> VerificationVector {
        guard let program else { throw ProgramError(.outputCount) }
        return try fitting(seed) { vector throws(ProgramError) in
            _ = try program.infer(tensors: storedTensors.descriptors, inputs: vector.inputs(of: program))
        }
    }

    /// Inputs with the first size of open dimensions that `body` accepts.
    private func fitting(
        _ seed: UInt32, _ body: (inout VerificationVector) throws(ProgramError) -> Void
    ) throws(ProgramError) -> VerificationVector {
        guard let program else { throw ProgramError(.outputCount) }
        var vector = VerificationVector(seed: seed, ranges: program.inputRanges(storedTensors.descriptors), openDimensions: [], digests: [])
        let open = program.inputs.reduce(0) { $0 + $1.shape.dimensions.dropFirst().filter { $0 == Shape.unknown }.count }
        vector.openDimensions = Array(repeating: 0, count: open)
        // The smallest power of two that every window of the program fits.
        for exponent in 3...10 {
            for index in 0..<open { vector.openDimensions[index] = 1 << exponent }
            do throws(ProgramError) {
                try body(&vector)
                return vector
            } catch {
                guard case .emptyAxis = error.problem, open > 0, exponent < 10 else { throw error }
            }
        }
        return vector
    }

    /// Runs a verification vector and compares every operation's results with it.
    ///
    /// - Parameters:
    ///   - index: of the vector in the file, from 0.
    ///   - set: the kernels to test.
    /// - Returns: the first operation that departs, or nil if none does.
    public func replay(
        _ vector: VerificationVector, on set: InstructionSet = .best, tolerance: Digest.Tolerance = Digest.Tolerance()
    ) throws(ProgramError) -> VerificationDeparture? {
        let found = try digests(vector, Float.self, set)
        let counts = try resultCounts(vector)
        var tolerance = tolerance
        for operation in found.indices {
            guard operation < vector.digests.count else { break }
            // One number in a hundred thousand lies where a last bit decides how it is rounded, and then moves sums by a percent.
            if let program, program.operations[operation].isQuantized { tolerance.relative = max(tolerance.relative, 0.02) }
            if let departure = vector.digests[operation].departure(of: found[operation], count: counts[operation], tolerance: tolerance) {
                return VerificationDeparture(operation: operation, departure: departure)
            }
        }
        return nil
    }

    private func options(_ vector: VerificationVector, _ program: Program, _ set: InstructionSet) -> SessionOptions {
        var options = SessionOptions()
        options.instructionSet = set
        options.blocks = nil
        options.inputShapes = vector.inputs(of: program).map { Array($0.shape.dimensions.dropFirst()) }
        return options
    }

    private func digests<Number: Scalar>(_ vector: VerificationVector, _ type: Number.Type, _ set: InstructionSet) throws(ProgramError) -> [Digest] {
        guard let program else { throw ProgramError(.outputCount) }
        let engine = try Engine<Number>(program, storedTensors, options(vector, program, set))
        for input in program.inputs.indices {
            let value = ValueID(input)
            var numbers = InputNumbers(vector, input: input, type: engine.info(value).type)
            do throws(RunError) {
                if let texts = engine.texts[input] {
                    try texts.write(decimalDigitsOf: &numbers)
                } else {
                    try engine.inputs[input].write(count: engine.inputs[input].count) { _ in numbers.next() }
                }
            } catch {
                throw ProgramError(.valueIndex(input))
            }
        }
        var digests: [Digest] = []
        do throws(RunError) {
            try engine.run { operation in digests.append(engine.digest(of: operation, seed: vector.seed)) }
        } catch {
            // The inputs were made for this program: only an index outside a table can stop it.
            throw ProgramError(.field(0), operation: digests.count)
        }
        return digests
    }

    private func resultCounts(_ vector: VerificationVector) throws(ProgramError) -> [Int] {
        guard let program else { return [] }
        let inferred = try program.infer(tensors: storedTensors.descriptors, inputs: vector.inputs(of: program))
        return program.operations.indices.map { operation in
            inferred.results(of: operation).reduce(0) { $0 + (inferred.values[$1].shape.count ?? 0) }
        }
    }
}

/// Where a run first departed from a verification vector.
public struct VerificationDeparture: Hashable, Sendable {
    public var operation: Int
    public var departure: Digest.Departure
}

extension Engine {
    fileprivate func digest(of operation: Int, seed: UInt32) -> Digest {
        let results = inferred.results(of: operation)
        let count = results.reduce(0) { $0 + (inferred.values[$1].shape.count ?? 0) }
        var maker = DigestMaker(seed: seed, operation: operation, count: count)
        for result in results {
            guard let region = try? region(of: ValueID(result)) else { continue }
            for index in 0..<region.count { maker.add(Double(region.number(at: index))) }
        }
        return maker.digest
    }
}

extension Program {
    /// Ranges from which inputs can be drawn without leaving an embedding's table.
    fileprivate func inputRanges(_ tensors: [TensorDescriptor]) -> [InputRange] {
        var rows: [Int: Int] = [:]
        for operation in operations {
            let table: (input: ValueID, entries: TensorID)
            switch operation {
            case .embedding(let record): table = (record.input, record.table)
            case .inverseLookup(let record): table = (record.input, record.entries.ends ?? record.entries.elements)
            default: continue
            }
            let found = tensors[table.entries.index].shape.first ?? 1
            rows[table.input.index] = min(rows[table.input.index] ?? found, found)
        }
        return inputs.indices.map { index in
            if let rows = rows[index] { return InputRange(0, Float(min(rows, 1 << 24))) }
            return switch inputs[index].type {
            case .number: InputRange(-1, 1)
            case .int32, .bool: InputRange(0, 2)
            case .int64, .text: InputRange(0, 100)
            }
        }
    }
}

extension TextInput {
    /// Writes for each element the decimal digits of a whole number.
    fileprivate func write(decimalDigitsOf numbers: inout InputNumbers) throws(RunError) {
        clear()
        let memory = GrowingMemory<UInt8>()
        let digits = DecimalDigits(memory: Region(base: memory.base, count: DecimalDigits.byteCount))
        for position in 0..<slices.count {
            let text = digits.text(of: Int64(numbers.next()))
            try append(UnsafeBufferPointer(start: text.base, count: text.count), at: position)
        }
        finish()
    }
}
