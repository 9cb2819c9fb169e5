/// The largest or mean element over some axes: Keras' global pooling.
public struct Reduction: OperationRecord {
    public static let kind = OperationKind.reduction

    public struct Flags: OptionSet, Hashable, Sendable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// Keep the reduced axes with size 1.
        public static let keepsAxes = Flags(rawValue: 1)
    }

    public var input: ValueID
    /// `[batch, steps]`: steps that do not count. Only for a mean over axis 1.
    public var mask: ValueID?
    public var function: Pooling.Function
    public var axes: AxisSet
    public var flags: Flags

    public init(input: ValueID, mask: ValueID? = nil, function: Pooling.Function, axes: AxisSet, flags: Flags = []) {
        self.input = input
        self.mask = mask
        self.function = function
        self.axes = axes
        self.flags = flags
    }

    package init() { self.init(input: ValueID(0), function: .maximum, axes: AxisSet(bits: 0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.optionalValue(&mask)
        try visitor.choice(&function)
        try visitor.axes(&axes)
        try visitor.flags(&flags, all: .keepsAxes)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        guard !axes.isEmpty, axes.isWithin(rank: shape.rank) else { throw ProgramError(.field(3)) }
        if let mask {
            guard axes == AxisSet([1]), function == .mean else { throw ProgramError(.field(1)) }
            try context.requireMask(mask, over: shape)
        }
        var dimensions: [Int] = []
        for axis in 0..<shape.rank {
            if !axes.contains(axis) { dimensions.append(shape[axis]) } else if flags.contains(.keepsAxes) { dimensions.append(1) }
        }
        return [ValueInfo(.number, Shape(dimensions))]
    }
}

extension ShapeContext {
    /// Checks a mask `[batch, steps]` for a value `[batch, steps, ...]`.
    func requireMask(_ mask: ValueID, over shape: Shape) throws(ProgramError) {
        let maskShape = try self.shape(mask, .bool)
        guard maskShape.rank == 2, shape.rank >= 2 else { throw ProgramError(.rank(expected: 2, found: maskShape.rank)) }
        for axis in 0..<2 where !Shape.agree(maskShape[axis], shape[axis]) {
            throw ProgramError(.dimension(axis: axis, expected: shape[axis], found: maskShape[axis]))
        }
    }
}
