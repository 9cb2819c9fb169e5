#if canImport(CNNKernels)
    import CNNKernels

    /// An instruction set that the leaf kernels are compiled for.
    public enum InstructionSet: String, Sendable, CaseIterable {
        case baseline, avx2, avx512, avx512vnni, neon
        /// The portable Swift kernels, without any C.
        case portable

        fileprivate var isa: nn_isa? {
            switch self {
            case .baseline: NN_ISA_BASELINE
            case .avx2: NN_ISA_AVX2
            case .avx512: NN_ISA_AVX512
            case .avx512vnni: NN_ISA_AVX512VNNI
            case .neon: NN_ISA_NEON
            case .portable: nil
            }
        }

        /// Whether this processor has it.
        public var isSupported: Bool { isa.map { nn_isa_supported($0) != 0 } ?? true }

        /// The widest one of this processor.
        public static var best: InstructionSet {
            let best = nn_best_isa()
            return allCases.first { $0.isa == best } ?? .baseline
        }
    }

    /// The leaf kernels a session uses, or none for the portable ones.
    struct Accelerator: @unchecked Sendable {
        let table: UnsafePointer<nn_kernels>?

        init(_ set: InstructionSet) {
            table = set.isSupported ? set.isa.map { nn_kernels_for($0) } : nil
        }

        /// The kernels, if they compute in this number type.
        func kernels<Number: Scalar>(for type: Number.Type) -> UnsafePointer<nn_kernels>? {
            Number.self == Float.self ? table : nil
        }
    }
#else
    /// An instruction set. This build has only the portable Swift kernels.
    public enum InstructionSet: Sendable {
        case portable

        public var isSupported: Bool { true }
        public static var best: InstructionSet { .portable }
    }

    struct Accelerator: Sendable {
        init(_ set: InstructionSet) {}
    }
#endif
