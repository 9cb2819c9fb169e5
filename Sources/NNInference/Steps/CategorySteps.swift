/// Counts for each number the boundaries that are not greater.
struct BinningStep<Number: Scalar> {
    let input: Region<Number>
    let boundaries: Region<Number>
    let output: Region<Int32>

    func run() {
        for position in 0..<input.count {
            let number = input[position]
            var (low, high) = (0, boundaries.count)
            while low < high {
                let middle = low + (high - low) / 2
                if boundaries[middle] > number { high = middle } else { low = middle + 1 }
            }
            output[position] = Int32(truncatingIfNeeded: low)
        }
    }
}

extension Binning {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let boundaries = try planner.vector(boundaries) as Region<Number>
        for index in 1..<max(boundaries.count, 1) {
            guard boundaries[index] >= boundaries[index - 1] else { throw ProgramError(.tensorContent(tensor: self.boundaries.index)) }
        }
        return .binning(
            BinningStep(input: try planner.numbers(input), boundaries: boundaries, output: try planner.integers(planner.firstResult)))
    }
}

/// Fills rows with zeros and ones, or counts.
struct EncodingStep<Number: Scalar> {
    let input: WholeNumbers<Number>
    let output: Region<Number>
    let mode: Encoding.Mode
    let depth: Int
    /// For a row of several categories: how many, and how far apart in the input.
    let length: Int
    let distance: Int
    let operation: Int

    func run() throws(RunError) {
        output.fill(0)
        for row in 0..<output.count / depth {
            let start = row / distance * length * distance + row % distance
            for index in 0..<length {
                let position = start + index * distance
                guard let category = input[position] else { throw RunError.notAnIndex(position: position) }
                if category < 0, mode != .oneHot {
                    throw RunError.indexOutOfRange(operation: operation, index: Int(truncatingIfNeeded: category), rows: depth)
                }
                guard category >= 0, category < Int64(depth) else { continue }
                let place = row * depth + Int(truncatingIfNeeded: category)
                output[place] = mode == .count ? output[place] + 1 : 1
            }
        }
    }
}

extension Encoding {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let isRow = mode != .oneHot
        return .encoding(
            EncodingStep(
                input: try planner.wholeNumbers(input), output: try planner.result(), mode: mode, depth: depth,
                length: isRow ? shape[1] : 1, distance: isRow ? shape.strides[1] : 1, operation: planner.operation))
    }
}
