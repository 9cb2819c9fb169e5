import CompactFile
import KerasFiles
import Lowering
import NNInference
import TensorFiles

extension LoweredModel {
    /// What the model answers, `runs` times asked, by way of the bytes of a `.nnc` file.
    func answers(
        _ input: TensorValue, runs: Int = 1, instructionSet: InstructionSet = .best
    ) throws -> [TensorValue] {
        var content = CompactFileContent(
            tensors: tensors.map { .init($0.source, layout: $0.descriptor.layout) }, program: program, arenaBytes: 0, stateBytes: 0)
        content.names = ModelNames(inputs: inputNames, outputs: outputNames, layers: operationNames)
        var options = SessionOptions()
        options.batch = input.shape[0]
        options.inputShapes = [Array(input.shape.dropFirst())]
        options.instructionSet = instructionSet
        var session = try Session(Model(bytes: CompactFileWriter(content).bytes()), options: options)
        var answers: [TensorValue] = []
        for _ in 0..<runs {
            if try session.inputInfo(0).type == .int32 {
                let elements = try input.int32s()
                try session.setInput(0, elements.span)
            } else {
                let elements = try input.floats()
                try session.setInput(0, elements.span)
            }
            try session.run()
            answers.append(try TensorValue(shape: session.outputInfo(0).shape.dimensions, floats: session.outputElements(0)))
        }
        return answers
    }
}

/// Whether numbers agree within 1e-5, or one ten-thousandth of the expected number.
func agree(_ found: [Float], _ expected: [Float]) -> Bool {
    found.count == expected.count
        && zip(found, expected).allSatisfy { found, expected in
            found == expected || (found.isNaN && expected.isNaN)
                || (found - expected).magnitude <= max(1e-5, 1e-4 * expected.magnitude)
        }
}
