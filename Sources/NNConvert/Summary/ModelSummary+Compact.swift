import NNInference

extension ModelSummary {
    /// A `.nnc` file, by its program and names: one row for the operations of a layer.
    public init(_ model: Model) throws(SummaryError) {
        (name, optimizerParameters, operationCount, needs) = (nil, nil, nil, nil)
        (inputs, outputs, layers, refusals) = ([], [], [], [])
        tensorBytes = model.layout.tensors.reduce(0) { $0 + UInt64($1.range.count) }
        guard let program = model.program else { return }
        operationCount = program.operations.count
        let names: InterfaceNames
        let layerNames: [String]?
        do throws(FormatError) {
            names = try InterfaceNames(model)
            layerNames = try model.names?.layers
        } catch {
            throw .format(error)
        }
        let tensors = model.layout.tensors.map(\.descriptor)
        do throws(ProgramError) {
            needs = try program.requirements(tensors: tensors)
            try describe(program, tensors, inputs: names.inputs, outputs: names.outputs)
            try addLayers(program, tensors, layerNames)
        } catch {
            throw .program(error)
        }
    }

    /// Takes over what the Keras source knows better than the program.
    mutating func describeLayers(as source: ModelSummary) {
        name = source.name
        layers = source.layers
        optimizerParameters = source.optimizerParameters
        refusals = source.refusals
    }

    private mutating func addLayers(_ program: Program, _ tensors: [TensorDescriptor], _ names: [String]?) throws(ProgramError) {
        let inferred = try program.infer(tensors: tensors)
        var counted: Set<Int> = []
        var previous: String?
        for (index, operation) in program.operations.enumerated() {
            let parameters = try operation.tensors().filter { counted.insert($0.index).inserted }.reduce(0) {
                $0 + (tensors[$1.index].count ?? 0)
            }
            let shapes = inferred.results(of: index).prefix(1).map { inferred.values[$0].shape }
            let name = names?[index]
            if let name, name == previous {
                layers[layers.count - 1].operations.append(operation.kind)
                layers[layers.count - 1].outputShapes = shapes
                layers[layers.count - 1].parameters += parameters
            } else {
                layers.append(
                    Layer(
                        name: name ?? "operation_\(index)", className: nil, operations: [operation.kind], depth: 0, outputShapes: shapes,
                        parameters: parameters, trainableParameters: nil))
            }
            previous = name
        }
    }
}

extension Operation {
    /// The tensors that the operation uses.
    fileprivate func tensors() throws(ProgramError) -> [TensorID] {
        var uses = Uses()
        var operation = self
        try operation.visit(&uses)
        return uses.tensors
    }
}
