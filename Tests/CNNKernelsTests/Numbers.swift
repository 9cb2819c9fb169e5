import CNNKernels

/// A small generator with a fixed sequence (SplitMix64), so that a failing case can be repeated.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}

/// How far `value` is from `exact`, in units of the last place of the exact value rounded to Float (of the smallest
/// denormal near zero). Equal infinities and NaN for NaN are distance 0; a wrong NaN or infinity is infinitely far.
func ulps(_ value: Float, from exact: Double) -> Double {
    if exact.isNaN { return value.isNaN ? 0 : .infinity }
    let rounded = Float(exact)
    if rounded.isInfinite || value.isInfinite { return value == rounded ? 0 : .infinity }
    guard value.isFinite else { return .infinity }
    return abs(Double(value) - exact) / Double(max(rounded.ulp, .leastNonzeroMagnitude))
}

extension Array where Element == Float {
    /// NaN-proof equality.
    var bits: [UInt32] { map(\.bitPattern) }
}

/// The panels of row-major `matrix` [rows, columns], by the definition in nnkernels.h.
func panels(of matrix: [Float], rows: Int, columns: Int) -> [Float] {
    var result: [Float] = []
    for start in stride(from: 0, to: columns, by: 32) {
        for row in 0..<rows { result += matrix[row * columns + start ..< row * columns + min(start + 32, columns)] }
    }
    return result
}

extension nn_kernels {
    /// `matmul` with a matrix of float32.
    func float32Product(
        _ a: UnsafePointer<Float>, _ lda: Int, _ panels: UnsafePointer<Float>, _ m: Int, _ k: Int, _ n: Int, _ n0: Int, _ n1: Int,
        _ c: UnsafeMutablePointer<Float>, _ ldc: Int, _ epilogue: UnsafePointer<nn_epilogue>
    ) {
        matmul(a, lda, nn_panels(elements: panels, number: NN_FLOAT32), m, k, n, n0, n1, c, ldc, epilogue)
    }

    /// `conv_taps` with a kernel of float32.
    func float32Convolution(
        _ rows: UnsafePointer<UnsafePointer<Float>>, _ offset: Int, _ zero: UnsafePointer<Float>?, _ panels: UnsafePointer<Float>, _ m: Int,
        _ taps: Int, _ k: Int, _ n: Int, _ n0: Int, _ n1: Int, _ c: UnsafeMutablePointer<Float>, _ ldc: Int,
        _ epilogue: UnsafePointer<nn_epilogue>
    ) {
        conv_taps(rows, offset, zero, nn_panels(elements: panels, number: NN_FLOAT32), m, taps, k, n, n0, n1, c, ldc, epilogue)
    }
}
