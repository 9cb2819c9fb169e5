import KerasFiles
import NNInference

/// All that goes into a `.nnc` file.
public struct CompactFileContent: Sendable {
    /// A tensor and how its elements are to be ordered in the file. The program refers to it by its place.
    public struct Entry: Sendable {
        public var tensor: Tensor
        public var layout: TensorLayout

        public init(_ tensor: Tensor, layout: TensorLayout = .rowMajor) {
            self.tensor = tensor
            self.layout = layout
        }

        public var descriptor: TensorDescriptor {
            TensorDescriptor(StoredElementType(tensor.elementType), tensor.shape, layout: layout)
        }
    }

    /// Where tensors start.
    public enum Alignment: Sendable, Equatable {
        /// At multiples of 64 bytes; of 16 when all tensors together have less than 64 KiB.
        case automatic
        /// At multiples of 16 bytes, for flash memory.
        case flash

        func bytes(forData size: UInt64) -> Int {
            self == .flash || size < 1 << 16 ? 16 : 64
        }
    }

    public var tensors: [Entry]
    /// Nil for a model that cannot be run.
    public var program: Program?
    /// Bytes of working memory and of state that a session of the program takes for a batch of one.
    public var arenaBytes: UInt64
    public var stateBytes: UInt64
    public var names: ModelNames?
    public var verification: [VerificationVector]
    /// The source view's bytes as they stand in the file.
    public var source: [UInt8]?
    public var alignment: Alignment

    public init(
        tensors: [Entry], program: Program? = nil, arenaBytes: UInt64 = ProgramNeeds.unknown, stateBytes: UInt64 = ProgramNeeds.unknown,
        names: ModelNames? = nil, verification: [VerificationVector] = [], source: [UInt8]? = nil, alignment: Alignment = .automatic
    ) {
        self.tensors = tensors
        self.program = program
        self.arenaBytes = arenaBytes
        self.stateBytes = stateBytes
        self.names = names
        self.verification = verification
        self.source = source
        self.alignment = alignment
    }
}

/// The element type as the `.nnc` format numbers it.
public typealias StoredElementType = NNInference.ElementType

extension StoredElementType {
    public init(_ type: KerasFiles.ElementType) {
        self =
            switch type {
            case .float32: .float32
            case .float64: .float64
            case .float16: .float16
            case .bfloat16: .bfloat16
            case .int8: .int8
            case .uint8: .uint8
            case .int16: .int16
            case .uint16: .uint16
            case .int32: .int32
            case .uint32: .uint32
            case .int64: .int64
            case .uint64: .uint64
            case .bool: .bool
            }
    }
}

extension KerasFiles.ElementType {
    public init(_ type: StoredElementType) {
        self =
            switch type {
            case .float32: .float32
            case .float64: .float64
            case .float16: .float16
            case .bfloat16: .bfloat16
            case .int8: .int8
            case .uint8: .uint8
            case .int16: .int16
            case .uint16: .uint16
            case .int32: .int32
            case .uint32: .uint32
            case .int64: .int64
            case .uint64: .uint64
            case .bool: .bool
            }
    }
}
