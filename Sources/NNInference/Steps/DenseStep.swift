#if canImport(CNNKernels)
    import CNNKernels
#endif

/// `output[m, n] = epilogue(sum over k of input[m, k] * kernel[k, n])`
struct MatrixProductStep<Number: Scalar> {
    let input: Region<Number>
    let kernel: Matrix<Number>
    let output: Region<Number>
    let rows: Int
    let epilogue: EpilogueStep<Number>
    let accelerator: Accelerator
    /// Whether work is split over rows; otherwise over panels of columns.
    let splitsRows: Bool

    var units: Int { splitsRows ? rows : (kernel.columns + TensorDescriptor.panelWidth - 1) / TensorDescriptor.panelWidth }

    func run(_ units: Range<Int>) {
        let rows = splitsRows ? units : 0..<self.rows
        let width = TensorDescriptor.panelWidth
        let columns = splitsRows ? 0..<kernel.columns : units.lowerBound * width..<min(units.upperBound * width, kernel.columns)
        run(rows: rows, columns: columns)
    }

    private func run(rows: Range<Int>, columns: Range<Int>) {
        #if canImport(CNNKernels)
            if let kernels = accelerator.kernels(for: Number.self), let panels = kernel.panels {
                var (fused, hasActivation) = epilogue.fused
                let x = input.cast(to: Float.self).base + rows.lowerBound * kernel.rows
                let y = output.cast(to: Float.self).base + rows.lowerBound * kernel.columns
                kernels.pointee.matmul(
                    x, kernel.rows, panels, rows.count, kernel.rows, kernel.columns, columns.lowerBound, columns.upperBound, y,
                    kernel.columns, &fused)
                if !hasActivation {
                    epilogue.activation.apply(
                        output.base + rows.lowerBound * kernel.columns, rows: rows.count, width: kernel.columns, columns: columns)
                }
                return
            }
        #endif
        for row in rows {
            let sums = output.base + row * kernel.columns + columns.lowerBound
            sums.update(repeating: 0, count: columns.count)
            kernel.accumulate(rows: 0..<kernel.rows, columns: columns, factors: input.base + row * kernel.rows, into: sums)
            epilogue.finish(sums, columns: columns)
        }
    }
}

extension Dense {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let matrix = try planner.matrix(kernel)
        let output = try planner.result()
        let rows = output.count / max(matrix.columns, 1)
        return .matrixProduct(
            MatrixProductStep(
                input: try planner.numbers(input), kernel: matrix, output: output, rows: rows,
                epilogue: try planner.epilogue(epilogue, channels: matrix.columns), accelerator: planner.accelerator,
                splitsRows: splitsRows(rows, matrix.columns, workers: planner.workers)))
    }

    /// Workers that share rows each read all weights, workers that share columns each read all rows: the larger side is shared, if it
    /// has enough parts.
    private func splitsRows(_ rows: Int, _ columns: Int, workers: Int) -> Bool {
        let panels = columns / TensorDescriptor.panelWidth
        return rows >= 4 * workers && (rows > columns || panels < 4 * workers)
    }
}
