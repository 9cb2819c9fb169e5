import KerasFiles
import NNInference

/// Where the channel axis of images and sequences stands. Operations know channels last only.
enum ChannelOrder: Sendable {
    case last, first

    static let key = ConfigKey<ChannelOrder>(
        "data_format", .oneOf(["channels_last": .last, "channels_first": .first]), default: "channels_last")

    /// The spatial axes of a value with this many axes.
    func spatialAxes(rank: Int) -> [Int] { self == .last ? Array(1..<max(rank - 1, 1)) : Array(2..<max(rank, 2)) }
}

extension ProgramBuilder {
    /// The value with its channels last.
    mutating func channelsLast(_ value: ValueID, from order: ChannelOrder) throws(Refusal) -> ValueID {
        let rank = shape(value).rank
        guard order == .first, rank > 2 else { return value }
        return try append(.transposition(Transposition(input: value, order: Array(2..<rank) + [1])))
    }

    /// A value that has its channels last in the order that the layer gives out.
    mutating func channels(_ value: ValueID, to order: ChannelOrder) throws(Refusal) -> ValueID {
        let rank = shape(value).rank
        guard order == .first, rank > 2 else { return value }
        return try append(.transposition(Transposition(input: value, order: [rank - 1] + Array(1..<rank - 1))))
    }

    /// Refuses a value with another number of axes.
    func require(rank: Int, of value: ValueID) throws(Refusal) {
        let found = shape(value).rank
        guard found == rank else { throw refusal(.shape(.rank(expected: rank, found: found))) }
    }
}
