#if canImport(CNNKernels)
    import CNNKernels
#endif

/// A weight matrix that multiplies rows which lie apart, as recurrent cells need it.
struct MatrixRows<Number: Scalar> {
    let matrix: Matrix<Number>
    let accelerator: Accelerator

    /// `output[row, columns] = input[row] * matrix[:, columns] + shift[columns]`
    func multiply(
        _ input: UnsafeMutablePointer<Number>, inputStride: Int, rows: Int, into output: UnsafeMutablePointer<Number>, outputStride: Int,
        columns: Range<Int>, shift: Region<Number>?
    ) {
        #if canImport(CNNKernels)
            if runFast(input, inputStride, rows, output, outputStride, columns, shift, accumulates: false) { return }
        #endif
        for row in 0..<rows {
            let target = output + row * outputStride
            (target + columns.lowerBound).update(repeating: 0, count: columns.count)
            matrix.accumulate(
                rows: 0..<matrix.rows, columns: columns, factors: input + row * inputStride, into: target + columns.lowerBound)
            if let shift { for column in columns { target[column] += shift.base[column] } }
        }
    }

    /// `output[row, columns] += input[row] * matrix[:, columns]`
    func accumulate(
        _ input: UnsafeMutablePointer<Number>, inputStride: Int, rows: Int, into output: UnsafeMutablePointer<Number>, outputStride: Int,
        columns: Range<Int>
    ) {
        #if canImport(CNNKernels)
            if runFast(input, inputStride, rows, output, outputStride, columns, nil, accumulates: true) { return }
        #endif
        for row in 0..<rows {
            matrix.accumulate(
                rows: 0..<matrix.rows, columns: columns, factors: input + row * inputStride,
                into: output + row * outputStride + columns.lowerBound)
        }
    }

    #if canImport(CNNKernels)
        /// The leaf kernel takes ranges of whole panels; others are left to the portable one.
        private func runFast(
            _ input: UnsafeMutablePointer<Number>, _ inputStride: Int, _ rows: Int, _ output: UnsafeMutablePointer<Number>,
            _ outputStride: Int, _ columns: Range<Int>, _ shift: Region<Number>?, accumulates: Bool
        ) -> Bool {
            let width = TensorDescriptor.panelWidth
            guard let kernels = accelerator.kernels(for: Number.self), let panels = matrix.panels, columns.lowerBound % width == 0,
                columns.upperBound % width == 0 || columns.upperBound == matrix.columns
            else { return false }
            var epilogue = nn_epilogue(
                scale: nil, shift: shift.map { UnsafePointer($0.cast(to: Float.self).base) }, lower: -.infinity, upper: .infinity,
                accumulate: accumulates ? 1 : 0)
            kernels.pointee.matmul(
                Region(base: input, count: 0).cast(to: Float.self).base, inputStride, panels, rows, matrix.rows, matrix.columns,
                columns.lowerBound, columns.upperBound, Region(base: output, count: 0).cast(to: Float.self).base, outputStride, &epilogue)
            return true
        }
    #endif
}
