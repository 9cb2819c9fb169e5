#if canImport(CNNKernels)
    import CNNKernels
#endif

/// An ``Epilogue`` ready to run: `activation(sum * scale + shift)`.
struct EpilogueStep<Number: Scalar> {
    var scale: Region<Number>?
    var shift: Region<Number>?
    var activation: ActivationStep<Number>

    /// Finishes the sums of some columns, in place.
    func finish(_ sums: UnsafeMutablePointer<Number>, columns: Range<Int>) {
        if let scale {
            let shift = shift
            for column in columns { sums[column - columns.lowerBound] = sums[column - columns.lowerBound] * scale.base[column] + (shift.map { $0.base[column] } ?? 0) }
        } else if let shift {
            for column in columns { sums[column - columns.lowerBound] += shift.base[column] }
        }
        activation.apply(sums, count: columns.count)
    }

    #if canImport(CNNKernels)
        /// The part that the kernels do themselves, and whether the activation is in it.
        var fused: (epilogue: nn_epilogue, withActivation: Bool) {
            let clamp = activation.clamp
            return (
                nn_epilogue(
                    scale: scale.map { UnsafePointer($0.cast(to: Float.self).base) }, shift: shift.map { UnsafePointer($0.cast(to: Float.self).base) },
                    lower: clamp?.lowerBound ?? -.infinity, upper: clamp?.upperBound ?? .infinity, accumulate: 0),
                clamp != nil
            )
        }
    #endif
}
