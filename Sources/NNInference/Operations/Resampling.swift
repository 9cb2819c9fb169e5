/// Gives an axis another number of elements, each a weighted mean of some of the old ones: the resizing of images, one axis at a time.
///
/// With n elements before and m after, `scale = n / m`; positions are computed in `Float` whatever the session's number type, as
/// TensorFlow does, because a rule may jump from one element to the next there.
public struct Resampling: OperationRecord {
    public static let kind = OperationKind.resampling

    /// Which elements an element at `x` between them is made of. Raw values are part of the file format.
    public enum Rule: UInt8, Hashable, Sendable {
        /// The element in which `(i + 0.5) * scale` lies.
        case nearest = 0
        /// The two around `x = (i + 0.5) * scale - 0.5`, the outermost one alone beyond it.
        case linear = 1
        /// The two around `x = i * scale`: what Keras 2.2 to 2.3 call bilinear.
        case linearFromCorner = 2
        /// The four around `x = (i + 0.5) * scale - 0.5` by the cubic kernel of `keysCubic`, its argument rounded to 1/1024.
        case roundedCubic = 3
        /// What the interval from `i * scale` to `(i + 1) * scale` covers, in proportion.
        case area = 4
        // The others weight all elements in the reach of a kernel around `(i + 0.5) * scale`, their own middles counting; the weights
        // add up to 1.
        case triangle = 5
        /// a = -0.5
        case keysCubic = 6
        case lanczos3 = 7
        case lanczos5 = 8
        /// Deviation 0.5, cut off at 1.5.
        case gaussian = 9
        /// B = C = 1/3
        case mitchellCubic = 10
    }

    public struct Flags: OptionSet, Hashable, Sendable {
        public var rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// ``size`` is what the number of elements is multiplied by.
        public static let isFactor = Flags(rawValue: 1)
        /// A kernel is stretched by `scale` where that is more than 1.
        public static let antialias = Flags(rawValue: 2)
        static let all: Flags = [.isFactor, .antialias]
    }

    public var input: ValueID
    public var rule: Rule
    public var axis: Int
    /// Elements along the axis afterwards.
    public var size: Int
    public var flags: Flags

    public init(input: ValueID, rule: Rule, axis: Int, size: Int, flags: Flags = []) {
        self.input = input
        self.rule = rule
        self.axis = axis
        self.size = size
        self.flags = flags
    }

    package init() { self.init(input: ValueID(0), rule: .nearest, axis: 1, size: 1) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
        try visitor.choice(&rule)
        try visitor.integer(&axis, in: 1...Shape.maximumRank - 1)
        try visitor.integer(&size, in: 1...Int(Int32.max))
        try visitor.flags(&flags, all: .all)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        var shape = try context.shape(input)
        guard axis < shape.rank else { throw ProgramError(.field(2)) }
        guard shape[axis] != 0 else { throw ProgramError(.emptyAxis(axis)) }
        shape[axis] = flags.contains(.isFactor) ? try Dimension.multiply(shape[axis], size) : size
        return [ValueInfo(.number, shape)]
    }
}
