/// A recurrent layer over `[batch, steps, features]`.
///
/// Results: the outputs, `[batch, steps, units]` or the last one `[batch, units]`, then with ``Flags/returnsState`` the final state(s).
public struct Recurrent: OperationRecord {
    public static let kind = OperationKind.recurrent

    /// Raw values are part of the file format.
    public enum Cell: UInt8, Hashable, Sendable {
        /// `h = act(xK + hR + b)`
        case simple = 0
        /// Gates i, f, c, o: `c = f * c + i * act(g); h = o * act(c)`.
        case lstm = 1
        /// Gates z, r, h: `hh = act(x_h + (r * h) R_h); h = z * h + (1 - z) * hh`.
        case gru = 2
        /// As `gru` with `hh = act(x_h + r * (h R_h + b_h))` and a bias of two rows: input, recurrent.
        case gruResetAfter = 3

        /// Matrices of `units` columns side by side in a kernel.
        var gates: Int {
            switch self {
            case .simple: 1
            case .lstm: 4
            case .gru, .gruResetAfter: 3
            }
        }

        /// State vectors: `h`, and `c` for an LSTM.
        var states: Int { self == .lstm ? 2 : 1 }
    }

    public struct Flags: OptionSet, Hashable, Sendable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// Steps are taken from the last to the first; outputs stay in the order in which they were made.
        public static let reversed = Flags(rawValue: 1)
        public static let returnsSequences = Flags(rawValue: 2)
        public static let returnsState = Flags(rawValue: 4)
        /// A masked step's output is zero instead of the previous output.
        public static let zeroesMaskedOutputs = Flags(rawValue: 8)
        /// The final state is where the next run begins.
        public static let stateful = Flags(rawValue: 16)
        static let all: Flags = [.reversed, .returnsSequences, .returnsState, .zeroesMaskedOutputs, .stateful]
    }

    public var cell: Cell
    public var flags: Flags
    public var input: ValueID
    /// `[batch, steps]`: at a masked step the state stays as it was.
    public var mask: ValueID?
    /// `[features, gates * units]`
    public var kernel: TensorID
    /// `[units, gates * units]`
    public var recurrentKernel: TensorID
    /// `[gates * units]`; `[2, gates * units]` for `gruResetAfter`.
    public var bias: TensorID?
    public var activation: Activation
    /// Of the gates; a simple cell has none.
    public var recurrentActivation: Activation
    /// Empty, or one value `[batch, units]` per state.
    public var initialStates: [ValueID]

    public init(
        cell: Cell, flags: Flags = [], input: ValueID, mask: ValueID? = nil, kernel: TensorID, recurrentKernel: TensorID,
        bias: TensorID? = nil, activation: Activation, recurrentActivation: Activation = .linear, initialStates: [ValueID] = []
    ) {
        self.cell = cell
        self.flags = flags
        self.input = input
        self.mask = mask
        self.kernel = kernel
        self.recurrentKernel = recurrentKernel
        self.bias = bias
        self.activation = activation
        self.recurrentActivation = recurrentActivation
        self.initialStates = initialStates
    }

    package init() {
        self.init(cell: .simple, input: ValueID(0), kernel: TensorID(0), recurrentKernel: TensorID(0), activation: .linear)
    }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.choice(&cell)
        try visitor.flags(&flags, all: .all)
        try visitor.value(&input)
        try visitor.optionalValue(&mask)
        try visitor.tensor(&kernel)
        try visitor.tensor(&recurrentKernel)
        try visitor.optionalTensor(&bias)
        try visitor.activation(&activation)
        try visitor.activation(&recurrentActivation)
        try visitor.values(&initialStates)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard shape.rank == 3 else { throw ProgramError(.rank(expected: 3, found: shape.rank)) }
        let kernelShape = try context.require(kernel, rank: 2)
        guard Shape.agree(shape[2], kernelShape[0]) else {
            throw ProgramError(.dimension(axis: 2, expected: kernelShape[0], found: shape[2]))
        }
        guard kernelShape[1] % cell.gates == 0 else {
            throw ProgramError(.tensorShape(tensor: kernel.index, expected: [kernelShape[0], Shape.unknown], found: kernelShape))
        }
        let units = kernelShape[1] / cell.gates
        try context.require(recurrentKernel, shape: [units, kernelShape[1]])
        try context.require(bias, shape: cell == .gruResetAfter ? [2, kernelShape[1]] : [kernelShape[1]])
        if let mask { try context.requireMask(mask, over: shape) }
        let state = ValueInfo(.number, Shape([shape[0], units]))
        guard initialStates.isEmpty || initialStates.count == cell.states else { throw ProgramError(.field(9)) }
        for initial in initialStates {
            let found = try context.shape(initial)
            guard found.rank == 2, Shape.agree(found[1], units), Shape.agree(found[0], shape[0]) else {
                throw ProgramError(.dimension(axis: 1, expected: units, found: found.rank > 1 ? found[1] : 0))
            }
        }
        let output = flags.contains(.returnsSequences) ? Shape([shape[0], shape[1], units]) : state.shape
        return [ValueInfo(.number, output)] + (flags.contains(.returnsState) ? Array(repeating: state, count: cell.states) : [])
    }

    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 {
        guard let shape = try? context.shape(input), let steps = Shape.product(shape.dimensions[..<2]) else { return .max }
        let kernelShape = context.tensors[kernel.index].shape
        let units = context.tensors[recurrentKernel.index].shape[0]
        return saturatingProduct(steps, kernelShape[1], kernelShape[0] + units)
    }
}
