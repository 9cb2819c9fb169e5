import KerasFiles

/// The state of an optimizer, apart from the order in which some Keras stores it.
package struct OptimizerState {
    private(set) var iterations: Tensor?
    private(set) var learningRate: Tensor?
    private(set) var slots: [OptimizerLayout.Slot: [Tensor]] = [:]

    /// Takes `stored` apart. `variables` are the trainable weights in the order of the model, with the names under which they are stored.
    /// Nil when number or shapes are not those that the layout asks for.
    init?(_ stored: [Tensor], _ layout: OptimizerLayout, variables: [(name: String, tensor: Tensor)]) {
        var order = Array(variables.indices)
        if layout.isSortedByName { order.sort { variables[$0].name.utf8.lexicographicallyPrecedes(variables[$1].name.utf8) } }
        var rest = stored[...]
        for part in layout.parts {
            switch part {
            case .iterations:
                guard let tensor = rest.popFirst(), tensor.count == 1 else { return nil }
                iterations = tensor
            case .learningRate:
                guard let tensor = rest.popFirst(), tensor.count == 1 else { return nil }
                learningRate = tensor
            case .placeholders:
                guard rest.count >= order.count else { return nil }
                rest = rest.dropFirst(order.count)
            case .all(let slot):
                guard take([slot], &rest, order, variables) else { return nil }
            case .interleaved(let slots):
                guard take(slots, &rest, order, variables) else { return nil }
            }
        }
        guard rest.isEmpty else { return nil }
    }

    private mutating func take(
        _ kinds: [OptimizerLayout.Slot], _ rest: inout ArraySlice<Tensor>, _ order: [Int], _ variables: [(name: String, tensor: Tensor)]
    ) -> Bool {
        for kind in kinds { slots[kind] = variables.map(\.tensor) }
        for index in order {
            for kind in kinds {
                guard let tensor = rest.popFirst(), tensor.shape == variables[index].tensor.shape else { return false }
                slots[kind]?[index] = tensor
            }
        }
        return true
    }

    /// The state in the order of `layout`; nil when there is something in it that the state does not have.
    func tensors(_ layout: OptimizerLayout, learningRate: Double?) -> [Tensor]? {
        var result: [Tensor] = []
        for part in layout.parts {
            switch part {
            case .iterations:
                // Optimizers that did not count have not told how far they were.
                guard let count = iterations.map({ Self.integer($0) }) ?? 0, let tensor = Self.scalar(count) else { return nil }
                result.append(tensor)
            case .learningRate:
                guard let learningRate, let tensor = Self.scalar(Float(learningRate)) else { return nil }
                result.append(tensor)
            case .all(let slot):
                guard let tensors = slots[slot] else { return nil }
                result += tensors
            case .interleaved(let kinds):
                let lists = kinds.compactMap { slots[$0] }
                guard lists.count == kinds.count, let count = lists.first?.count else { return nil }
                for index in 0..<count { result += lists.map { $0[index] } }
            case .placeholders: return nil
            }
        }
        return result
    }

    private static func integer(_ tensor: Tensor) -> Int64? {
        guard let value = try? tensor.doubles().first, value.magnitude < 0x1p53 else { return nil }
        return Int64(value)
    }

    static func scalar(_ value: Int64) -> Tensor? { scalar(.int64, UInt64(bitPattern: value)) }
    static func scalar(_ value: Float) -> Tensor? { scalar(.float32, UInt64(value.bitPattern)) }

    private static func scalar(_ type: ElementType, _ bits: UInt64) -> Tensor? {
        let bytes = (0..<type.size).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        return try? Tensor(elementType: type, shape: [], bytes: bytes)
    }
}
