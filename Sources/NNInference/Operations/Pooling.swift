/// The largest or mean element under a window over 1 to 3 spatial axes, channels last. A mean leaves padding out of account.
public struct Pooling: OperationRecord {
    public static let kind = OperationKind.pooling

    /// Raw values are part of the file format.
    public enum Function: UInt8, Hashable, Sendable {
        case maximum = 0
        case mean = 1
    }

    public var input: ValueID
    public var function: Function
    public var padding: WindowPadding
    /// One number per spatial axis.
    public var window: [Int]
    public var strides: [Int]

    public init(input: ValueID, function: Function, padding: WindowPadding, window: [Int], strides: [Int]) {
        self.input = input
        self.function = function
        self.padding = padding
        self.window = window
        self.strides = strides
    }

    package init() { self.init(input: ValueID(0), function: .maximum, padding: .valid, window: [], strides: []) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.choice(&function)
        try visitor.choice(&padding)
        try visitor.integers(&window, in: 1...Int(Int32.max))
        try visitor.integers(&strides, in: 1...Int(Int32.max))
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        let spatial = shape.rank - 2
        guard (1...3).contains(spatial) else { throw ProgramError(.rank(expected: 3, found: shape.rank)) }
        guard window.count == spatial, strides.count == spatial else { throw ProgramError(.rank(expected: spatial, found: window.count)) }
        for axis in 0..<spatial {
            shape[axis + 1] = try WindowAxis(
                size: shape[axis + 1], window: window[axis], stride: strides[axis], dilation: 1, padding: padding, axis: axis + 1
            ).positions
        }
        return [ValueInfo(.number, shape)]
    }
}
