/// A set of axes of a value, one bit per axis (axis 0 is the batch).
public struct AxisSet: Hashable, Sendable {
    public var bits: UInt32

    public init(bits: UInt32) { self.bits = bits }

    public init(_ axes: [Int]) {
        bits = 0
        for axis in axes where (0..<Shape.maximumRank).contains(axis) { bits |= 1 << UInt32(axis) }
    }

    public func contains(_ axis: Int) -> Bool { axis >= 0 && axis < 32 && bits & (1 << UInt32(axis)) != 0 }

    /// The axes in ascending order.
    public var axes: [Int] { (0..<Shape.maximumRank).filter { contains($0) } }

    public var isEmpty: Bool { bits == 0 }

    /// Whether every axis lies in `1..<rank`: operations never reach across the batch.
    func isWithin(rank: Int) -> Bool {
        bits & 1 == 0 && (rank >= 32 || bits >> UInt32(rank) == 0)
    }
}
