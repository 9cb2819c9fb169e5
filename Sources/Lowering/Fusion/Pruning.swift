import NNInference

extension ProgramGraph {
    /// The model with this program, without operations and tensors that no output needs; nil if something does not fit.
    func pruned(_ model: LoweredModel) -> LoweredModel? {
        var isNeeded = [Bool](repeating: false, count: operations.count)
        var open = outputs
        while let value = open.popLast() {
            guard let producer = producer(of: value), !isNeeded[producer.index] else { continue }
            isNeeded[producer.index] = true
            open += producer.operation.valuesRead
        }

        var result = model
        result.program = Program(inputs: inputs)
        result.operationNames = []
        result.tensors = []
        var values = Dictionary(uniqueKeysWithValues: inputs.indices.map { ($0, $0) })
        var nextValue = inputs.count
        var tensors: [Int: Int] = [:]
        for index in operations.indices where isNeeded[index] {
            var operation = operations[index]
            for tensor in operation.tensorsUsed where tensors[tensor.index] == nil {
                tensors[tensor.index] = result.tensors.count
                result.tensors.append(model.tensors[tensor.index])
            }
            operation.renumber(values: values, tensors: tensors)
            for value in results(of: index) {
                values[value] = nextValue
                nextValue += 1
            }
            result.program.operations.append(operation)
            result.operationNames.append(names[index])
        }
        result.program.outputs = outputs.map { ValueID(values[$0.index] ?? $0.index) }
        guard (try? result.program.infer(tensors: result.descriptors)) != nil else { return nil }
        return result
    }
}
