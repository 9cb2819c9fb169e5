/// Makes a mask by comparing with a value.
struct StepMaskStep<Number: Scalar> {
    let input: EmbeddingStep<Number>.Indices
    let output: Region<UInt8>
    let value: Float
    /// Elements that share one truth value.
    let width: Int

    func run() {
        for position in 0..<output.count {
            var differs = false
            for index in position * width..<(position + 1) * width where !differs {
                switch input {
                case .int32(let region): differs = region[index] != Int32(exactly: value)
                case .numbers(let region): differs = region[index] != Number(value)
                }
            }
            output[position] = differs ? 1 : 0
        }
    }
}

/// Sets what a mask hides to zero.
struct MaskingStep<Number: Scalar> {
    let input: Region<Number>
    let mask: Region<UInt8>
    let output: Region<Number>

    func run() {
        let width = mask.count == 0 ? 0 : input.count / mask.count
        for position in 0..<mask.count {
            // A product, as in Keras: an infinity under the mask becomes a NaN.
            let factor: Number = mask[position] == 0 ? 0 : 1
            for index in position * width..<(position + 1) * width { output[index] = input[index] * factor }
        }
    }
}

extension StepMask {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let source: EmbeddingStep<Number>.Indices =
            switch planner.type(of: input) {
            case .int32: .int32(try planner.integers(input))
            default: .numbers(try planner.numbers(input))
            }
        return .stepMask(
            StepMaskStep(
                input: source, output: try planner.maskResult(), value: value,
                width: flags.contains(.anyOfLastAxis) ? shape[shape.rank - 1] : 1))
    }
}

extension Masking {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        .masking(MaskingStep(input: try planner.numbers(input), mask: try planner.mask(mask), output: try planner.result()))
    }
}
