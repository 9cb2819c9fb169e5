import NNInference
import TensorFiles

/// What a model's inputs and outputs are called.
public struct InterfaceNames: Sendable, Equatable {
    public var inputs: [String]
    public var outputs: [String]

    /// The names in the file; `input_0`, `output_0` and so on where it has none.
    public init(_ model: Model) throws(FormatError) {
        let names = try model.names
        inputs = names?.inputs ?? (model.program?.inputs.indices).map { $0.map { "input_\($0)" } } ?? []
        outputs = names?.outputs ?? (model.program?.outputs.indices).map { $0.map { "output_\($0)" } } ?? []
    }

    /// The tensors in the order of the model's inputs. A model with one input takes one tensor whatever the tensor's name.
    func arrange(_ tensors: [PredictionInput]) throws(PredictionError) -> [PredictionInput] {
        if tensors.count == inputs.count, tensors.allSatisfy({ $0.name == nil }) { return tensors }
        var places = [PredictionInput?](repeating: nil, count: inputs.count)
        for tensor in tensors {
            guard let name = tensor.name else { throw .inputCount(inputs: inputs, found: tensors.count) }
            guard let place = inputs.firstIndex(of: name) else { throw .unknownInput(name, inputs: inputs) }
            guard places[place] == nil else { throw .inputGivenTwice(name) }
            places[place] = tensor
        }
        var arranged: [PredictionInput] = []
        for (place, tensor) in places.enumerated() {
            guard let tensor else { throw .missingInput(inputs[place]) }
            arranged.append(tensor)
        }
        return arranged
    }
}
