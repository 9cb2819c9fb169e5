import TensorFiles

/// How far a result is from what was recorded.
public struct Agreement: Sendable, Equatable {
    /// How far apart two numbers may be: `absolute`, or `relative` times the recorded one, whichever is more.
    public struct Tolerance: Sendable, Equatable {
        public var absolute: Double
        public var relative: Double

        public init(absolute: Double = 1e-5, relative: Double = 1e-4) {
            self.absolute = absolute
            self.relative = relative
        }

        func allows(_ found: Double, _ expected: Double) -> Bool {
            if found == expected || (found.isNaN && expected.isNaN) { return true }
            return (found - expected).magnitude <= max(absolute, relative * expected.magnitude)
        }
    }

    /// Numbers compared; 0 if the shapes differ.
    public var count: Int
    /// Of numbers that are not both infinite or NaN alike.
    public var largestDifference: Double
    /// The first number that is too far from what was recorded.
    public var firstDeparture: Departure?

    public struct Departure: Sendable, Equatable {
        /// In row-major order.
        public var position: Int
        public var expected: Double
        public var found: Double
    }

    /// Compares two tensors of one shape, number by number.
    ///
    /// - Returns: nil if the shapes differ.
    public init?(_ found: TensorValue, _ expected: TensorValue, _ tolerance: Tolerance = Tolerance()) throws(TensorFileError) {
        guard found.shape == expected.shape else { return nil }
        count = found.elements.count
        largestDifference = 0
        let (found, expected) = (try found.doubles(), try expected.doubles())
        for position in found.indices {
            let (a, b) = (found[position], expected[position])
            let difference = (a - b).magnitude
            if difference > largestDifference { largestDifference = difference }
            if firstDeparture == nil, !tolerance.allows(a, b) {
                firstDeparture = Departure(position: position, expected: b, found: a)
            }
        }
    }

    /// Takes in how far another result of the same kind is from what was expected of it.
    mutating func merge(_ other: Agreement) {
        count += other.count
        largestDifference = max(largestDifference, other.largestDifference)
        firstDeparture = firstDeparture ?? other.firstDeparture
    }

    public var isClose: Bool { firstDeparture == nil }
}
