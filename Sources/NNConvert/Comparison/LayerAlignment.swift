import KerasFiles

/// Which of two lists of layers belong together.
///
/// Layers of the same names are the same layers, whatever their order. Where names tell nothing, because Keras has numbered them in
/// another session, the list of classes does; and where layers have come or gone, first the name, then all of what a layer says, then the
/// class alone, each in order.
struct LayerAlignment {
    /// Positions in the first and the second list, in the order of the first; what is only in the second comes after what precedes it there.
    private(set) var entries: [Entry] = []

    enum Entry: Equatable {
        case both(Int, Int)
        case onlyFirst(Int)
        case onlySecond(Int)
    }

    /// - Complexity: linear in the number of layers and the length of their configurations.
    init(_ first: [KerasLayer], _ second: [KerasLayer]) {
        var partner = [Int?](repeating: nil, count: first.count)
        var isTaken = [Bool](repeating: false, count: second.count)

        func pair(by key: (KerasLayer) -> String) {
            var waiting: [String: [Int]] = [:]
            for index in second.indices.reversed() where !isTaken[index] { waiting[key(second[index]), default: []].append(index) }
            for index in first.indices where partner[index] == nil {
                guard let other = waiting[key(first[index])]?.popLast() else { continue }
                partner[index] = other
                isTaken[other] = true
            }
        }

        let isSameList = first.map(\.comparedClass) == second.map(\.comparedClass)
        if isSameList, Set(first.map(\.identity)) != Set(second.map(\.identity)) {
            partner = Array(second.indices)
            isTaken = second.map { _ in true }
        } else {
            pair(by: \.identity)
            pair(by: \.signature)
            pair { "\($0.place) \($0.comparedClass)" }
        }

        var next = 0
        for (index, other) in partner.enumerated() {
            entries.append(other.map { .both(index, $0) } ?? .onlyFirst(index))
            guard let other else { continue }
            while next <= other {
                if !isTaken[next] { entries.append(.onlySecond(next)) }
                next += 1
            }
        }
        for index in next..<second.count where !isTaken[index] { entries.append(.onlySecond(index)) }
    }
}

extension KerasLayer {
    fileprivate var identity: String { "\(place) \(comparedClass) \(name)" }

    /// All that the layer says but for its name.
    fileprivate var signature: String {
        var config = config
        config.removeValue(forKey: "name")
        return "\(place) \(comparedClass) \(JSON.object(config).serialized()) \(weights.map(\.tensor.shape))"
    }
}
