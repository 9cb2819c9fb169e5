import KerasFiles

/// The state of an optimizer, apart from the order in which some Keras stores it.
package struct OptimizerState {
    private(set) var iterations: Int64?
    private(set) var learningRate: Tensor?
    private(set) var momentumProduct: Tensor?
    private(set) var slots: [OptimizerLayout.Slot: [WeightPlace: Tensor]] = [:]

    /// Takes `stored` apart. `variables` are those that the optimizer trains, in the order of the model that was read. Nil when number or
    /// shapes are not those that the layout asks for.
    init?(_ stored: [Tensor], _ layout: OptimizerLayout, variables: [TrainedVariable]) {
        var rest = stored[...]
        let variables = layout.isSortedByName ? variables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : variables
        for part in layout.parts {
            switch part {
            case .iterations:
                guard let tensor = Self.scalar(&rest), let count = Self.count(tensor) else { return nil }
                iterations = count
            case .learningRate:
                guard let tensor = Self.scalar(&rest) else { return nil }
                learningRate = tensor
            case .momentumProduct:
                guard let tensor = Self.scalar(&rest), tensor.shape.isEmpty else { return nil }
                momentumProduct = tensor
            case .placeholders:
                guard rest.count >= variables.count else { return nil }
                rest = rest.dropFirst(variables.count)
            case .all(let slot):
                for variable in variables { guard take(slot, of: variable, &rest) else { return nil } }
            case .interleaved(let slots):
                for variable in variables { for slot in slots { guard take(slot, of: variable, &rest) else { return nil } } }
            case .factored(let fillers):
                for variable in variables {
                    if variable.shape.count >= 2 {
                        guard take(.rows, of: variable, &rest), take(.columns, of: variable, &rest) else { return nil }
                    } else if fillers {
                        guard Self.scalar(&rest) != nil, Self.scalar(&rest) != nil else { return nil }
                    }
                    guard take(.velocity, of: variable, &rest) else { return nil }
                }
            }
        }
        guard rest.isEmpty else { return nil }
    }

    private mutating func take(_ slot: OptimizerLayout.Slot, of variable: TrainedVariable, _ rest: inout ArraySlice<Tensor>) -> Bool {
        guard let tensor = rest.popFirst(), tensor.shape == variable.shape(of: slot) else { return false }
        return slots[slot, default: [:]].updateValue(tensor, forKey: variable.place) == nil
    }

    private static func scalar(_ rest: inout ArraySlice<Tensor>) -> Tensor? {
        guard let tensor = rest.popFirst(), tensor.count == 1 else { return nil }
        return tensor
    }

    /// Keras 2.0 counted in floating point.
    private static func count(_ tensor: Tensor) -> Int64? {
        guard let value = try? tensor.doubles().first, let count = Int64(exactly: value), count >= 0 else { return nil }
        return count
    }
}

extension OptimizerState {
    /// One tensor of a state as it is stored, and what it is called where names are stored too.
    typealias Part = (name: String, tensor: Tensor)

    /// The state in the order of `layout`, of `variables` in the order of the model to be written. Nil when something is asked for that
    /// the state does not have.
    func parts(_ layout: OptimizerLayout, variables: [TrainedVariable], config: JSONObject) -> [Part]? {
        var result: [Part] = []
        for part in layout.parts {
            switch part {
            case .iterations:
                // Optimizers that did not count have not told how far they were, and begin at 0 in their own Keras, too.
                guard let tensor = Tensor(scalar: iterations ?? 0) else { return nil }
                result.append(("iteration", tensor))
            case .learningRate:
                guard let rate = config["learning_rate"]?.doubleValue, let tensor = Tensor(scalar: Float(rate)) else { return nil }
                result.append(("learning_rate", tensor))
            case .momentumProduct:
                guard let tensor = momentumProduct ?? Tensor(scalar: Self.momentumProduct(after: iterations ?? 0, config)) else { return nil }
                result.append(("variable", tensor))
            case .all(let slot):
                for variable in variables { guard add(slot, of: variable, to: &result) else { return nil } }
            case .interleaved(let slots):
                for variable in variables { for slot in slots { guard add(slot, of: variable, to: &result) else { return nil } } }
            case .factored(let fillers):
                for variable in variables {
                    if variable.shape.count >= 2 {
                        guard add(.rows, of: variable, to: &result), add(.columns, of: variable, to: &result) else { return nil }
                    } else if fillers {
                        guard let filler = Tensor(scalar: Int32(0)) else { return nil }
                        result += [(variable.path + "/r", filler), (variable.path + "/c", filler)]
                    }
                    guard add(.velocity, of: variable, to: &result) else { return nil }
                }
            case .placeholders: return nil
            }
        }
        return result
    }

    private func add(_ slot: OptimizerLayout.Slot, of variable: TrainedVariable, to parts: inout [Part]) -> Bool {
        guard let tensor = slots[slot]?[variable.place], tensor.shape == variable.shape(of: slot) else { return false }
        parts.append((variable.path + "/" + slot.rawValue, tensor))
        return true
    }

    /// The product of Nadam's momenta, which follows from the number of steps. TensorFlow does not store it.
    private static func momentumProduct(after steps: Int64, _ config: JSONObject) -> Float {
        let beta = config["beta_1"]?.doubleValue ?? 0.9
        var product = 1.0
        var power = 1.0
        var step: Int64 = 0
        while step < steps, product >= Double(Float.leastNonzeroMagnitude) / 2 {
            power *= 0.96
            product *= beta * (1 - power / 2)
            step += 1
        }
        return Float(product)
    }
}
