/// Makes a mask: whether an element, or any element along the last axis, differs from a value.
public struct StepMask: OperationRecord {
    public static let kind = OperationKind.stepMask

    public struct Flags: OptionSet, Hashable, Sendable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// One truth value for all elements along the last axis, as Masking makes it; otherwise one each, as Embedding does.
        public static let anyOfLastAxis = Flags(rawValue: 1)
    }

    public var input: ValueID
    public var value: Float
    public var flags: Flags

    public init(input: ValueID, value: Float, flags: Flags = []) {
        self.input = input
        self.value = value
        self.flags = flags
    }

    package init() { self.init(input: ValueID(0), value: 0) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.float(&value)
        try visitor.flags(&flags, all: .anyOfLastAxis)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard info.type != .bool else { throw ProgramError(.valueType(expected: .number, found: .bool)) }
        guard flags.contains(.anyOfLastAxis) else { return [ValueInfo(.bool, info.shape)] }
        guard info.shape.rank >= 2 else { throw ProgramError(.rank(expected: 2, found: info.shape.rank)) }
        return [ValueInfo(.bool, Shape(Array(info.shape.dimensions.dropLast())))]
    }
}

/// Sets what a mask hides to zero: `x * mask`, the mask repeated along the axes it does not have.
public struct Masking: OperationRecord {
    public static let kind = OperationKind.masking

    public var input: ValueID
    public var mask: ValueID

    public init(input: ValueID = ValueID(0), mask: ValueID = ValueID(0)) {
        self.input = input
        self.mask = mask
    }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.value(&mask)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let shape = try context.shape(input)
        let maskShape = try context.shape(mask, .bool)
        guard maskShape.rank <= shape.rank else { throw ProgramError(.rank(expected: shape.rank, found: maskShape.rank)) }
        for axis in 0..<maskShape.rank where !Shape.agree(shape[axis], maskShape[axis]) {
            throw ProgramError(.dimension(axis: axis, expected: shape[axis], found: maskShape[axis]))
        }
        return [ValueInfo(.number, shape)]
    }
}
