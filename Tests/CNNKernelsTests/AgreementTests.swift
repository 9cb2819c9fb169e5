import CNNKernels
import Testing

/// What nnkernels.h promises: instruction sets with a fused multiply-add do not differ in a single bit.
@Suite struct AgreementTests {
    private static let fused = InstructionSet.supported.filter { $0 != .baseline }

    private func expectAgreement(_ what: String, _ result: (nn_kernels) -> [Float]) {
        let results = Self.fused.map { result($0.kernels).bits }
        #expect(results.allSatisfy { $0 == results[0] }, "\(what)")
    }

    @Test func `products`() {
        var numbers = SeededNumbers(seed: 1)
        let a = numbers.floats(29 * 1100), scale = numbers.floats(140)
        for (m, k, n) in [(1, 1100, 140), (2, 31, 70), (13, 600, 33), (29, 1024, 10)] {
            let b = panels(of: numbers.floats(k * n), rows: k, columns: n)
            expectAgreement("m \(m) k \(k) n \(n)") { kernels in
                var c = [Float](repeating: 0, count: m * n)
                scale.withUnsafeBufferPointer {
                    var epilogue = nn_epilogue(
                        scale: $0.baseAddress, shift: $0.baseAddress, lower: -3, upper: .infinity, accumulate: 0)
                    kernels.float32Product(a, k, b, m, k, n, 0, n, &c, n, &epilogue)
                }
                return c
            }
        }
    }

    @Test func `functions and reductions`() {
        var numbers = SeededNumbers(seed: 2)
        for n in [1, 10, 63, 64, 65, 1000] {
            let x = numbers.floats(n, in: -8...8), other = numbers.floats(n)
            expectAgreement("functions") { kernels in
                [kernels.exp, kernels.tanh, kernels.sigmoid, kernels.gelu, kernels.softplus, kernels.mish].flatMap { function in
                    var y = x
                    function(x, &y, n)
                    return y
                }
            }
            expectAgreement("softmax of \(n)") { kernels in
                var y = x
                kernels.softmax_rows(x, &y, 1, n)
                return y
            }
            expectAgreement("reductions of \(n)") {
                [$0.sum_row(x, n), $0.dot_row(x, other, n), $0.square_deviation_row(x, n, 0.5), $0.max_row(x, n)]
            }
        }
    }
}
