/// What is kept of an operation's results: their Euclidean norm and one number out of each third.
public struct Digest: Hashable, Sendable {
    public var norm: Float
    public var early: Float
    public var middle: Float
    public var late: Float

    public init(norm: Float, early: Float, middle: Float, late: Float) {
        self.norm = norm
        self.early = early
        self.middle = middle
        self.late = late
    }

    static let size = 16
}

/// Makes a ``Digest`` of an operation's results, which are given to it element by element: all of the first result, then all of
/// the next. A mask counts as zeros and ones.
///
/// The three numbers stand at places drawn from ``SplitMix64`` with the seed `seed * 2^32 + 2^31 + operation`. Of `n` elements
/// the k-th place (k = 0, 1, 2) lies in `floor(k * n / 3) ..< floor((k + 1) * n / 3)`, at the first of them plus
/// `nextInt(below: their number)`; where there are none, at the first itself, or at the last element when that is beyond it. Without elements
/// all is zero.
public struct DigestMaker: Sendable {
    private let places: (Int, Int, Int)
    private var position = 0
    private var squares = 0.0
    private var result = Digest(norm: 0, early: 0, middle: 0, late: 0)

    /// - Parameter count: elements of all results of the operation together.
    public init(seed: UInt32, operation: Int, count: Int) {
        var generator = SplitMix64(seed: UInt64(seed) << 32 | 0x8000_0000 | UInt64(UInt32(truncatingIfNeeded: operation)))
        func bound(_ k: Int) -> Int { count / 3 * k + count % 3 * k / 3 }
        func place(_ k: Int) -> Int {
            min(bound(k) + generator.nextInt(below: bound(k + 1) - bound(k)), max(count - 1, 0))
        }
        places = (place(0), place(1), place(2))
    }

    public mutating func add(_ number: Double) {
        squares += number * number
        if position == places.0 { result.early = Float(number) }
        if position == places.1 { result.middle = Float(number) }
        if position == places.2 { result.late = Float(number) }
        position += 1
    }

    /// The digest of the elements so far.
    public var digest: Digest {
        var digest = result
        digest.norm = Float(Double.sqrt(squares))
        return digest
    }
}

extension Digest {
    /// How far a device may be off. A difference up to `absolute + relative * s` is accepted, where `s` is the larger of the
    /// expected number and the operation's root mean square.
    ///
    /// The default allows for a hundred layers of single-precision sums; an operation that computes something else misses it
    /// by far.
    public struct Tolerance: Hashable, Sendable {
        public var relative: Float
        public var absolute: Float

        public init(relative: Float = 1e-3, absolute: Float = 1e-6) {
            self.relative = relative
            self.absolute = absolute
        }
    }

    /// A number that is not what it should be.
    public struct Departure: Hashable, Sendable {
        public enum Quantity: Hashable, Sendable {
            case norm, early, middle, late
        }

        public var quantity: Quantity
        public var expected: Float
        public var found: Float
    }

    /// The first number of `found` that departs from this digest, or nil.
    ///
    /// - Parameter count: elements of the operation's results.
    public func departure(of found: Digest, count: Int, tolerance: Tolerance = Tolerance()) -> Departure? {
        let root = Float.sqrt(Float(count))
        let typical = count > 0 ? norm / root : 0
        func check(_ quantity: Departure.Quantity, _ expected: Float, _ found: Float, scale: Float, absolute: Float) -> Departure? {
            if expected.isNaN || found.isNaN || expected.isInfinite || found.isInfinite {
                let isSame = expected.isNaN ? found.isNaN : expected == found
                return isSame ? nil : Departure(quantity: quantity, expected: expected, found: found)
            }
            let limit = absolute + tolerance.relative * scale
            // An overflowing scale makes the limit infinite, which would accept anything.
            return (expected - found).magnitude <= limit && limit.isFinite ? nil : Departure(quantity: quantity, expected: expected, found: found)
        }
        return check(.norm, norm, found.norm, scale: norm, absolute: tolerance.absolute * root)
            ?? check(.early, early, found.early, scale: max(early.magnitude, typical), absolute: tolerance.absolute)
            ?? check(.middle, middle, found.middle, scale: max(middle.magnitude, typical), absolute: tolerance.absolute)
            ?? check(.late, late, found.late, scale: max(late.magnitude, typical), absolute: tolerance.absolute)
    }
}
