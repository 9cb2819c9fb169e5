import KerasFiles

/// A file kept beside the weights that is not the same, or that only one model has.
public struct AssetDifference: Sendable, Equatable {
    public var name: String
    /// Bytes; nil when the model does not have it.
    public var first: UInt64?
    public var second: UInt64?
    /// The first byte that differs, when both have it.
    public var firstDeparture: UInt64?

    static func all(_ first: [Asset], _ second: [Asset]) throws(KerasFileError) -> [AssetDifference] {
        var others = Dictionary(second.map { ($0.name, $0) }) { first, _ in first }
        var found: [AssetDifference] = []
        for asset in first {
            let other = others.removeValue(forKey: asset.name)
            let departure: UInt64?
            if let other { departure = try Self.departure(asset.content, other.content) } else { departure = nil }
            guard other == nil || departure != nil else { continue }
            found.append(
                AssetDifference(name: asset.name, first: asset.content.size, second: other?.content.size, firstDeparture: departure))
        }
        for asset in second where others[asset.name] != nil {
            found.append(AssetDifference(name: asset.name, first: nil, second: asset.content.size))
        }
        return found
    }

    /// Where two contents begin to differ, be it that one ends there.
    private static func departure(_ first: ByteSource, _ second: ByteSource) throws(KerasFileError) -> UInt64? {
        let common = min(first.size, second.size)
        var start: UInt64 = 0
        while start < common {
            let count = Int(min(common - start, 1 << 18))
            let (a, b) = (try first.read(at: start, count: count), try second.read(at: start, count: count))
            if a != b { return start + UInt64(zip(a, b).prefix { $0 == $1 }.count) }
            start += UInt64(count)
        }
        return first.size == second.size ? nil : common
    }
}
