import CAllocationCounter
import CompactFile
import KerasFiles
import Lowering
import NNInference
import TensorFiles

extension LoweredModel {
    /// What the model answers, `runs` times asked, by way of the bytes of a `.nnc` file. Throws, too, when a run after those allocates.
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
            switch try session.inputInfo(0).type {
            case .int32:
                let elements = try input.int32s()
                try session.setInput(0, elements.span)
            case .int64:
                let elements = try input.int64s()
                try session.setInput(0, elements.span)
            case .text: try session.setInput(0, try input.strings())
            case .number, .bool:
                let elements = try input.floats()
                try session.setInput(0, elements.span)
            }
            try session.run()
            let info = try session.outputInfo(0)
            let elements: TensorElements =
                switch info.type {
                case .int32, .int64: .int64(try session.outputIntegers(0))
                case .text: .strings(try session.outputTexts(0))
                case .number, .bool: .float32(try session.outputElements(0))
                }
            answers.append(try TensorValue(shape: info.shape.dimensions, elements: elements))
        }
        allocation_counter_start()
        try session.run()
        let count = allocation_counter_stop()
        guard count == 0 else { throw RunAllocates(count: count) }
        return answers
    }
}

/// A session that has run once allocates nothing when it runs again: neither of numbers nor of texts.
struct RunAllocates: Error {
    var count: Int
}

/// Whether tensors agree: whole numbers and texts exactly, others as ``agree(_:_:)-([Float],_)``.
///
/// - Parameter tolerance: for numbers of a half-precision type, as a part of the largest.
func agree(_ found: TensorValue, _ expected: TensorValue, within tolerance: Float? = nil) throws -> Bool {
    guard found.shape == expected.shape else { return false }
    if let tolerance {
        let (found, expected) = (try found.floats(), try expected.floats())
        let bound = tolerance * max(1, expected.map(\.magnitude).max() ?? 0)
        return zip(found, expected).allSatisfy { ($0 - $1).magnitude <= bound }
    }
    if case .strings = expected.elements { return found == expected }
    if case .int64(let numbers) = expected.elements { return try found.int64s() == numbers }
    return agree(try found.floats(), try expected.floats())
}

/// Whether numbers agree within 1e-5, or one ten-thousandth of the expected number.
func agree(_ found: [Float], _ expected: [Float]) -> Bool {
    found.count == expected.count
        && zip(found, expected).allSatisfy { found, expected in
            found == expected || (found.isNaN && expected.isNaN)
                || (found - expected).magnitude <= max(1e-5, 1e-4 * expected.magnitude)
        }
}
