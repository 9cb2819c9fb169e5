/// Rounds numbers to those of a coarser type.
struct QuantizationStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    /// A factor per row; nil for float8.
    let factors: Region<Number>?
    let width: Int
    let lower: Number
    let upper: Number
    let parameter: Number

    func run() {
        guard let factors else {
            for index in 0..<input.count { output[index] = (input[index] / parameter).roundedToFloat8() * parameter }
            return
        }
        for row in 0..<factors.count {
            var largest: Number = 0
            for index in row * width..<(row + 1) * width {
                let magnitude = input[index].magnitude
                // A NaN stays.
                if magnitude > largest || magnitude != magnitude { largest = magnitude }
            }
            let factor = upper / (largest + parameter)
            for index in row * width..<(row + 1) * width { output[index] = whole(input[index] * factor) }
            factors[row] = factor
        }
    }

    @inline(__always)
    private func whole(_ number: Number) -> Number { number > upper ? upper : number < lower ? lower : number.roundedToWhole() }
}

extension Quantization {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        return .quantization(
            QuantizationStep(
                input: try planner.numbers(input), output: try planner.result(),
                factors: function == .absoluteMaximum ? try planner.result(1) : nil, width: shape[shape.rank - 1], lower: Number(lower),
                upper: Number(upper), parameter: Number(parameter)))
    }
}
