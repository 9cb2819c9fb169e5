import KerasFiles
import Lowering
import NNInference

extension ModelSummary {
    /// A Keras model: as lowering sees it or, where it cannot be run, as its configuration tells.
    public init(_ model: KerasModel) {
        name = model.root.name
        optimizerParameters = model.optimizerWeights.map { $0.weights.reduce(0) { $0 + $1.tensor.count } }
        (inputs, outputs, layers, refusals) = ([], [], [], [])
        tensorBytes = model.weightGroups.reduce(0) { $0 + $1.tensorBytes }
        do throws(LoweringError) {
            describe(try lower(model))
        } catch {
            refusals = error.refusals
            addMembers(of: model.root, depth: 0)
        }
    }

    private mutating func describe(_ lowered: LoweredModel) {
        layers = lowered.layers.filter { $0.className != "InputLayer" }.map { layer in
            Layer(
                name: layer.name, className: layer.className,
                operations: zip(lowered.operationNames, lowered.program.operations).filter { $0.0 == layer.path }.map { $0.1.kind },
                depth: layer.depth, outputShapes: layer.outputShapes, parameters: layer.parameters,
                trainableParameters: layer.trainableParameters)
        }
        tensorBytes = lowered.descriptors.reduce(0) { $0 + UInt64($1.byteCount ?? 0) }
        operationCount = lowered.program.operations.count
        do throws(ProgramError) {
            needs = try lowered.program.requirements(tensors: lowered.descriptors)
            try describe(lowered.program, lowered.descriptors, inputs: lowered.inputNames, outputs: lowered.outputNames)
        } catch {
            refusals.append(Refusal(path: name ?? "", className: "", reason: .shape(error.problem)))
        }
    }

    mutating func describe(
        _ program: Program, _ tensors: [TensorDescriptor], inputs inputNames: [String], outputs outputNames: [String]
    ) throws(ProgramError) {
        let inferred = try program.infer(tensors: tensors)
        inputs = zip(inputNames, program.inputs).map { Value(name: $0, info: $1) }
        outputs = zip(outputNames, program.outputs).map { Value(name: $0, info: inferred.values[$1.index]) }
    }

    private mutating func addMembers(of model: KerasLayer, depth: Int) {
        for layer in model.members where layer.className != "InputLayer" {
            var (trainable, all) = (0, 0)
            layer.forEach { layer in
                for weight in layer.weights {
                    all += weight.tensor.count
                    if weight.isTrainable { trainable += weight.tensor.count }
                }
            }
            layers.append(
                Layer(
                    name: layer.name, className: layer.className, operations: [], depth: depth, outputShapes: [], parameters: all,
                    trainableParameters: trainable))
            addMembers(of: layer, depth: depth + 1)
        }
    }
}
