import KerasFiles
import NNInference

/// A program under construction. Shapes are known as it grows, so that a layer that does not fit is found where it stands.
struct ProgramBuilder {
    private(set) var program = Program(inputs: [])
    private(set) var table = TensorTable()
    private(set) var operationNames: [String] = []
    private(set) var inputNames: [String] = []
    private(set) var outputNames: [String] = []
    private(set) var layers: [LayerSummary] = []

    private var shapes = ShapeContext(values: [], tensors: [])
    /// Inputs that the model declares as 64-bit integers.
    private var wideInputs: Set<Int> = []
    /// For each operation its first result.
    private var firstResults: [Int] = []
    /// The layers that are being lowered, outermost first.
    private var open: [KerasLayer] = []
    private let rootPath: String
    let writer: WriterDifferences

    init(root: KerasLayer, writer: WriterDifferences) {
        rootPath = root.path
        self.writer = writer
    }

    // MARK: Values

    func info(_ value: ValueID) -> ValueInfo { shapes.values[value.index] }

    func shape(_ value: ValueID) -> Shape { info(value).shape }

    /// A new input of the program. All inputs come before all operations.
    ///
    /// One of 64-bit integers is taken for 32-bit ones, which is what indices are, until a layer looks at all of their bits.
    mutating func addInput(_ info: ValueInfo, name: String) -> ValueID {
        var info = info
        if info.type == .int64 {
            wideInputs.insert(program.inputs.count)
            info.type = .int32
        }
        program.inputs.append(info)
        inputNames.append(name)
        shapes.values.append(info)
        return ValueID(shapes.values.count - 1)
    }

    /// Appends an operation of the layer that is being lowered, and gives its results.
    @discardableResult
    mutating func append(all operation: Operation) throws(Refusal) -> [ValueID] {
        let results = try inferred(operation)
        let first = shapes.values.count
        program.operations.append(operation)
        operationNames.append(currentPath)
        firstResults.append(first)
        shapes.values += results
        return (first..<first + results.count).map { ValueID($0) }
    }

    /// Appends an operation with one result.
    mutating func append(_ operation: Operation) throws(Refusal) -> ValueID {
        try append(all: operation)[0]
    }

    mutating func setOutputs(_ outputs: [ValueID], names: [String]) {
        program.outputs = outputs
        outputNames = names
    }

    func finished() -> LoweredModel {
        LoweredModel(
            program: program, tensors: table.tensors, operationNames: operationNames, inputNames: inputNames, outputNames: outputNames,
            layers: layers)
    }

    /// The value as numbers to compute with: if it is an input in another shape, that is given as numbers instead of integers, which
    /// everything that reads integers reads, too; otherwise it is converted.
    mutating func takeAsNumbers(_ value: ValueID) throws(Refusal) -> ValueID {
        guard info(value).type.isInteger else { return value }
        if let input = source(of: value), program.inputs[input].type == .int32 {
            try retype(input, to: .number)
            return value
        }
        return try append(.conversion(Conversion(input: value)))
    }

    /// Lets the input that `value` is have all 64 bits of its integers, if the model declares it so.
    mutating func takeAsWide(_ value: ValueID) throws(Refusal) {
        guard let input = source(of: value), wideInputs.contains(input), program.inputs[input].type == .int32 else { return }
        try retype(input, to: .int64)
    }

    /// The input whose elements `value` has, perhaps in another shape.
    private func source(of value: ValueID) -> Int? {
        var source = value
        for (operation, first) in zip(program.operations, firstResults).reversed() where ValueID(first) == source {
            switch operation {
            case .reshape(let record): source = record.input
            case .foldSteps(let record): source = record.input
            case .unfoldSteps(let record): source = record.input
            default: return nil
            }
        }
        return program.inputs.indices.contains(source.index) ? source.index : nil
    }

    private mutating func retype(_ input: Int, to type: ValueType) throws(Refusal) {
        program.inputs[input].type = type
        shapes.values = program.inputs
        for operation in program.operations { shapes.values += try inferred(operation) }
    }

    /// Appends what is new in the table; to copy all of it each time would take a time that grows with the square of the layers.
    private mutating func describeNewTensors() {
        shapes.tensors += table.tensors[shapes.tensors.count...].lazy.map(\.descriptor)
    }

    private func inferred(_ operation: Operation) throws(Refusal) -> [ValueInfo] {
        do throws(ProgramError) {
            return try operation.infer(shapes)
        } catch {
            throw refusal(.shape(error.problem))
        }
    }

    // MARK: Tensors

    /// A weight of `layer`, which must be there. See ``TensorTable/weight(_:of:shape:layout:type:)``.
    mutating func weight(
        _ role: String, of layer: KerasLayer, shape: [Int]? = nil, layout: TensorLayout = .rowMajor, type: KerasFiles.ElementType? = nil,
        rearranged: TensorTable.Rearrangement? = nil
    ) throws(Refusal) -> TensorID {
        let tensor = try table.weight(role, of: layer, shape: shape, layout: layout, type: type, rearranged: rearranged)
        describeNewTensors()
        return tensor
    }

    /// A weight that tensors of the program are computed from.
    mutating func take(
        _ role: String, of layer: KerasLayer, shape: [Int]? = nil, type: KerasFiles.ElementType? = nil
    ) throws(Refusal) -> Tensor {
        try table.take(role, of: layer, shape: shape, type: type)
    }

    /// A tensor that is made from the configuration.
    mutating func constant(_ numbers: NumberArray, of layer: KerasLayer) throws(Refusal) -> TensorID {
        add(constant: try numbers.tensor(of: layer))
    }

    /// A tensor that is made from the configuration.
    mutating func add(constant source: Tensor, layout: TensorLayout = .rowMajor) -> TensorID {
        let tensor = table.add(LoweredTensor(descriptor: TensorDescriptor(source, layout: layout), source: source))
        describeNewTensors()
        return tensor
    }

    // MARK: Layers

    private var currentPath: String { open.last.map { relative($0.path) } ?? "" }

    /// The path from the model down, without the model's own name.
    private func relative(_ path: String) -> String {
        path.hasPrefix(rootPath + "/") ? String(path.dropFirst(rootPath.count + 1)) : path
    }

    func refusal(_ reason: Refusal.Reason) -> Refusal {
        guard let layer = open.last else { return Refusal(path: rootPath, className: "", reason: reason) }
        return Refusal(layer, reason)
    }

    /// Lowers one use of a layer: its operations, what becomes of the mask, and its row of the summary if it `isListed`.
    mutating func lower(_ layer: KerasLayer, _ inputs: [MaskedValue], isListed: Bool = false) throws(Refusal) -> [MaskedValue] {
        guard let definition = LayerTable[layer.className] else { throw Refusal(layer, .unknownClass) }
        // Inside a wrapper values have other shapes than the user knows: the wrapper's row stands for all.
        let row = isListed && open.allSatisfy { $0.className == "Sequential" } ? addRow(layer) : nil
        var outputs = try within(layer, definition) { builder throws(Refusal) in
            var call = LayerCall(layer: layer, inputs: inputs)
            for index in inputs.indices {
                let type = builder.info(inputs[index].value).type
                if type == .text, !definition.takesTexts { throw Refusal(layer, .textInput) }
                guard type.isInteger else { continue }
                switch definition.integers {
                case .refused: throw Refusal(layer, .integerInput)
                case .convertedToNumbers where layer.computesInHalfPrecision: throw Refusal(layer, .integerInput)
                case .convertedToNumbers: call.inputs[index].value = try builder.takeAsNumbers(inputs[index].value)
                case .keptAsIntegers: break
                }
            }
            return try definition.lower(call, &builder)
        }
        if writer.dropsMask(layer.className) { outputs = outputs.map { MaskedValue($0.value) } }
        if let row { layers[row].outputShapes = outputs.map { shape($0.value) } }
        return outputs
    }

    /// Lowers what is part of a layer, as the cell of a recurrent one: what `body` appends and refuses is the part's.
    mutating func lower<Result>(
        part layer: KerasLayer, _ body: (inout ProgramBuilder) throws(Refusal) -> Result
    ) throws(Refusal) -> Result {
        guard let definition = LayerTable[layer.className] else { throw Refusal(layer, .unknownClass) }
        return try within(layer, definition, body)
    }

    /// What `body` appends and refuses is the layer's; afterwards every weight of the layer must have been used.
    private mutating func within<Result>(
        _ layer: KerasLayer, _ definition: LayerDefinition, _ body: (inout ProgramBuilder) throws(Refusal) -> Result
    ) throws(Refusal) -> Result {
        open.append(layer)
        defer { open.removeLast() }
        let result = try body(&self)
        let used = table.roles(ofLayerAt: layer.path).union(definition.unusedWeights)
        if let weight = layer.weights.first(where: { !used.contains($0.role) }) {
            throw Refusal(layer, .unexpectedWeight(role: weight.role))
        }
        return result
    }

    /// Lowers a layer with one input and one output.
    mutating func lower(_ layer: KerasLayer, _ input: MaskedValue, isListed: Bool = false) throws(Refusal) -> MaskedValue {
        let outputs = try lower(layer, [input], isListed: isListed)
        guard outputs.count == 1 else { throw Refusal(layer, .severalOutputs(outputs.count)) }
        return outputs[0]
    }

    private mutating func addRow(_ layer: KerasLayer) -> Int {
        var trainable = 0
        var nonTrainable = 0
        layer.forEach { layer in
            for weight in layer.weights {
                if weight.isTrainable { trainable += weight.tensor.count } else { nonTrainable += weight.tensor.count }
            }
        }
        layers.append(
            LayerSummary(
                path: relative(layer.path), name: layer.name, className: layer.className, depth: listedDepth, outputShapes: [],
                trainableParameters: trainable, nonTrainableParameters: nonTrainable))
        return layers.count - 1
    }

    /// Models around the layer that is to be listed, the root not counted.
    private var listedDepth: Int { open.count }
}
