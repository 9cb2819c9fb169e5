import KerasFiles
import KerasWriter

/// In what two states of training differ: the optimizer's, or those of metrics and the like.
public struct StateDifference: Sendable {
    /// What it is: `momentum` where that is known, otherwise the name under which it is stored.
    public var name: String
    /// The weight that it belongs to.
    public var weight: WeightName?
    public var kind: WeightDifference.Kind

    public var presence: Presence {
        switch kind {
        case .onlyFirst: .onlyFirst
        case .onlySecond: .onlySecond
        case .elements, .scaled: .both
        }
    }

    public struct WeightName: Sendable, Equatable {
        public var layerPath: String
        public var role: String
    }
}

/// The tensors of a state, in an order in which two states can be compared.
struct StateComparison {
    fileprivate struct Entry {
        var name: String
        var weight: StateDifference.WeightName?
        var tensor: Tensor
        /// A count or a rate, whose number counts and not the type in which it is kept.
        var isNumber = false
    }

    /// The optimizers' states: by what the tensors are where both layouts are known, otherwise as they are stored.
    static func optimizers(
        _ first: KerasModel, _ second: KerasModel, _ tolerance: Agreement.Tolerance?
    ) throws(KerasFileError) -> [StateDifference] {
        if let a = OptimizerState.entries(of: first), let b = OptimizerState.entries(of: second) {
            return try compare(a.map(Entry.init), b.map(Entry.init), tolerance)
        }
        return try groups([first.optimizerWeights].compactMap { $0 }, [second.optimizerWeights].compactMap { $0 }, tolerance)
    }

    /// Groups of weights as they are stored.
    static func groups(
        _ first: [WeightGroup], _ second: [WeightGroup], _ tolerance: Agreement.Tolerance?
    ) throws(KerasFileError) -> [StateDifference] {
        func entries(_ groups: [WeightGroup]) -> [Entry] {
            groups.flatMap { group in group.weights.map { Entry(name: group.name + "/" + $0.name, weight: nil, tensor: $0.tensor) } }
        }
        return try compare(entries(first), entries(second), tolerance)
    }

    /// Entries of one kind are paired in their order.
    private static func compare(
        _ first: [Entry], _ second: [Entry], _ tolerance: Agreement.Tolerance?
    ) throws(KerasFileError) -> [StateDifference] {
        var waiting: [String: [Entry]] = [:]
        for entry in second.reversed() { waiting[entry.name, default: []].append(entry) }
        var found: [StateDifference] = []
        for entry in first {
            guard let other = waiting[entry.name]?.popLast() else {
                found.append(entry.difference(.onlyFirst(TensorDifference.Form(entry.tensor))))
                continue
            }
            guard let difference = try TensorDifference(entry.tensor, other.tensor, tolerance) else { continue }
            if entry.isNumber, difference.isOnlyType { continue }
            found.append(entry.difference(.elements(difference)))
        }
        for entry in second {
            guard let rest = waiting[entry.name], !rest.isEmpty else { continue }
            waiting[entry.name] = nil
            found += rest.reversed().map { $0.difference(.onlySecond(TensorDifference.Form($0.tensor))) }
        }
        return found
    }
}

extension StateComparison.Entry {
    fileprivate init(_ entry: OptimizerState.Entry) {
        name = entry.kind
        weight = entry.weight.map { StateDifference.WeightName(layerPath: $0.layerPath, role: $0.role) }
        tensor = entry.tensor
        isNumber = entry.weight == nil
    }

    fileprivate func difference(_ kind: WeightDifference.Kind) -> StateDifference {
        StateDifference(name: name, weight: weight, kind: kind)
    }
}
