/// Copies a row of the table for each index.
struct EmbeddingStep<Number: Scalar> {
    enum Indices {
        case int32(Region<Int32>)
        case numbers(Region<Number>)
    }

    let indices: Indices
    let table: Matrix<Number>
    let output: Region<Number>
    /// For the error message.
    let operation: Int

    func run() throws(RunError) {
        switch indices {
        case .int32(let region):
            for position in 0..<region.count { try copy(Int(region[position]), to: position) }
        case .numbers(let region):
            for position in 0..<region.count {
                let number = region[position]
                // Keras casts to an integer: the fraction is cut off. A NaN or a number out of range is no index.
                guard number > -1, number < Number(table.rows) else {
                    throw RunError.indexOutOfRange(operation: operation, index: number.isFinite && number.magnitude < 1e18 ? Int(number) : .max, rows: table.rows)
                }
                try copy(Int(number), to: position)
            }
        }
    }

    private func copy(_ row: Int, to position: Int) throws(RunError) {
        guard row >= 0, row < table.rows else { throw RunError.indexOutOfRange(operation: operation, index: row, rows: table.rows) }
        table.copyRow(row, to: output.base + position * table.columns)
    }
}

extension Embedding {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let indices: EmbeddingStep<Number>.Indices =
            switch planner.type(of: input) {
            case .int32: .int32(try planner.integers(input))
            default: .numbers(try planner.numbers(input))
            }
        let table = try planner.matrix(table)
        guard table.panelWidth >= table.columns else { throw ProgramError(.tensorType(tensor: self.table.index)) }
        return .embedding(EmbeddingStep(indices: indices, table: table, output: try planner.result(), operation: planner.operation))
    }
}
