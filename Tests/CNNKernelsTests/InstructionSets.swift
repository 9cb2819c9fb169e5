import CNNKernels
import Testing

/// The instruction sets this machine can run: every test takes them as its arguments.
enum InstructionSet: UInt32, CaseIterable, Sendable {
    case baseline, avx2, avx512, neon, avx512vnni

    static let supported = allCases.filter { nn_isa_supported(nn_isa($0.rawValue)) != 0 }

    var kernels: nn_kernels { nn_kernels_for(nn_isa(rawValue)).pointee }
}

@Suite struct DispatchTests {
    @Test func `the baseline is always there and the best set is a supported one`() {
        #expect(InstructionSet.supported.first == .baseline)
        #expect(InstructionSet.supported.contains { $0.rawValue == nn_best_isa().rawValue })
    }

    @Test(arguments: InstructionSet.supported)
    func `a table knows its instruction set`(set: InstructionSet) {
        #expect(set.kernels.isa.rawValue == set.rawValue)
    }

    @Test func `an unknown instruction set is not supported and has the baseline's table`() {
        #expect(nn_isa_supported(nn_isa(77)) == 0)
        #expect(nn_kernels_for(nn_isa(77)).pointee.isa == NN_ISA_BASELINE)
    }
}
