import NNInference

/// The bytes of the program section.
enum ProgramSection {
    static func bytes(_ content: CompactFileContent, program: Program) throws(CompactFileError) -> [UInt8] {
        guard let inputs = UInt16(exactly: program.inputs.count) else { throw .limit(.inputs, found: program.inputs.count) }
        guard let outputs = UInt16(exactly: program.outputs.count) else { throw .limit(.outputs, found: program.outputs.count) }
        guard program.operations.count <= StoredProgram.operationLimit else { throw .limit(.operations, found: program.operations.count) }
        var bytes: [UInt8] = []
        bytes.append(field: inputs)
        bytes.append(field: outputs)
        bytes.append(field: content.arenaBytes)
        bytes.append(field: content.stateBytes)
        do throws(ProgramError) {
            bytes.append(field: try program.multiplyAccumulates(tensors: content.tensors.map(\.descriptor)))
            bytes.append(field: OperationKind.set(of: program.operations))
            for input in program.inputs {
                bytes.append(field: input.type.rawValue)
                bytes.append(field: UInt8(input.shape.rank))
                bytes.append(field: UInt16(0))
                for dimension in input.shape.dimensions { bytes.append(field: UInt32(truncatingIfNeeded: dimension)) }
            }
            for output in program.outputs { bytes.append(field: UInt32(output.index)) }
            var records = RecordWriter()
            for operation in program.operations { try records.append(operation) }
            for word in records.words { bytes.append(field: word) }
        } catch {
            throw .program(error)
        }
        return bytes
    }
}

extension Program {
    /// Multiply-accumulate operations for a batch of one; ``ProgramNeeds/unknown`` when that depends on a dimension that the inputs
    /// leave open. Checks the whole program on the way.
    func multiplyAccumulates(tensors: [TensorDescriptor]) throws(ProgramError) -> UInt64 {
        for input in inputs {
            guard (1...Shape.maximumRank).contains(input.shape.rank) else { throw ProgramError(.rank(expected: 1, found: input.shape.rank)) }
            for dimension in input.shape.dimensions where dimension != Shape.unknown && !(1...Int(Int32.max)).contains(dimension) {
                throw ProgramError(.overflow)
            }
        }
        _ = try infer(tensors: tensors)
        var single = inputs
        for index in single.indices { single[index].shape[0] = 1 }
        let inferred = try infer(tensors: tensors, inputs: single)
        var total: UInt64 = 0
        for (index, operation) in operations.enumerated() {
            let results = Array(inferred.values[inferred.results(of: index)])
            let (sum, overflow) = total.addingReportingOverflow(try operation.multiplyAccumulates(inferred.context, results: results))
            total = overflow ? .max : sum
        }
        return total
    }
}
