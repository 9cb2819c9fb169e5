/// `x * scale + shift` with one pair of numbers.
struct ScalingStep<Number: Scalar> {
    let input: Region<Number>
    let output: Region<Number>
    let scale: Number
    let shift: Number

    func run() {
        let (x, y) = (input.base, output.base)
        for index in 0..<input.count { y[index] = x[index] * scale + shift }
    }
}

extension Scaling {
    var resultStorage: ResultStorage { .inPlace(input) }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        .scaling(ScalingStep(input: try planner.numbers(input), output: try planner.result(), scale: Number(scale), shift: Number(shift)))
    }
}
