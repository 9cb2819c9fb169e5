/// Inputs for a program and what each of its operations made of them, in double precision, when the file was written. A device
/// that replays it learns not only that it computes something else, but where that begins.
public struct VerificationVector: Hashable, Sendable {
    /// Where the inputs' numbers begin: see ``InputNumbers``.
    public var seed: UInt32
    /// One per input.
    public var ranges: [InputRange]
    /// What to take for the inputs' unknown dimensions, batch dimensions apart, in order. The batch is 1.
    public var openDimensions: [Int]
    /// One per operation.
    public var digests: [Digest]

    public init(seed: UInt32, ranges: [InputRange], openDimensions: [Int], digests: [Digest]) {
        self.seed = seed
        self.ranges = ranges
        self.openDimensions = openDimensions
        self.digests = digests
    }

    /// The inputs' types and shapes, with every dimension known.
    ///
    /// - Precondition: the vector was made for this program, or read from its file.
    public func inputs(of program: Program) -> [ValueInfo] {
        var open = openDimensions.makeIterator()
        var result: [ValueInfo] = []
        for input in program.inputs {
            var info = input
            info.shape[0] = 1
            for axis in 1..<max(info.shape.rank, 1) where info.shape[axis] == Shape.unknown { info.shape[axis] = open.next() ?? 1 }
            result.append(info)
        }
        return result
    }
}

/// Where an input's numbers come from: at least `low`, less than `high`. For an integer input both are whole numbers.
public struct InputRange: Hashable, Sendable {
    public var low: Float
    public var high: Float

    public init(_ low: Float, _ high: Float) {
        self.low = low
        self.high = high
    }

    /// Whole numbers beyond this are not all of type `Float`.
    static let wholeLimit: Float = 16_777_216

    /// Whether numbers of `type` can be drawn from the range.
    package func isValid(for type: ValueType) -> Bool {
        guard low < high, (high - low).isFinite else { return false }
        switch type {
        case .number: return true
        case .int32, .int64, .text: return isWhole(low) && isWhole(high)
        case .bool: return low == 0 && high == 2
        }
    }

    private func isWhole(_ number: Float) -> Bool {
        number.magnitude <= InputRange.wholeLimit && Float(Int32(number)) == number
    }
}

/// The numbers of one input of a ``VerificationVector``, in the order of the input's elements.
///
/// They come from ``SplitMix64`` with the seed `seed * 2^32 + input`. A floating-point input takes `nextFloat(from: low, to: high)`,
/// an integer or Boolean one `low + nextInt(below: high - low)`, and a text is the decimal digits of such a number.
public struct InputNumbers: Sendable {
    private var generator: SplitMix64
    private let range: InputRange
    private let isWhole: Bool

    public init(_ vector: VerificationVector, input: Int, type: ValueType) {
        generator = SplitMix64(seed: UInt64(vector.seed) << 32 | UInt64(UInt32(truncatingIfNeeded: input)))
        range = vector.ranges[input]
        isWhole = type != .number
    }

    public mutating func next() -> Float {
        guard isWhole else { return generator.nextFloat(from: range.low, to: range.high) }
        return range.low + Float(generator.nextInt(below: Int(range.high - range.low)))
    }
}
