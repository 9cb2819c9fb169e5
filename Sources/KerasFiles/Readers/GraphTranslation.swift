/// Brings the calls of a Functional by Keras 1 or 2 into Keras 3 form, and the functions of TensorFlow among its layers.
struct GraphTranslation {
    private(set) var members: [KerasLayer]
    private(set) var graph: KerasGraph
    private(set) var repairs: [Repair] = []

    init(_ members: [KerasLayer], _ graph: KerasGraph) {
        self.members = members
        self.graph = graph
    }

    mutating func run() {
        for index in members.indices {
            switch members[index].className {
            case "TFOpLambda": translateFunction(index)
            case "SlicingOpLambda": translateSlice(index)
            case let name where LayerClasses.recurrent.contains(name) || name == "Bidirectional": nameStates(index)
            default: break
            }
        }
    }

    /// Keras 1 and 2 give a recurrent layer its first states in one list with its input.
    private mutating func nameStates(_ index: Int) {
        for number in graph.calls[index].indices {
            guard case .list(let list)? = graph.calls[index][number].positional.first, list.count > 1,
                graph.calls[index][number].positional.count == 1, graph.calls[index][number]["initial_state"] == nil,
                (members[index].config["num_constants"]?.intValue ?? 0) == 0
            else { continue }
            graph.calls[index][number].positional = [list[0]]
            graph.calls[index][number].named.append(KerasGraph.Named("initial_state", .list(Array(list.dropFirst()))))
            repairs.append(Repair(.valueTranslated, layerPath: members[index].path, key: "initial_state"))
        }
    }

    /// What has no counterpart stays as it is.
    private mutating func translateFunction(_ index: Int) {
        guard let name = members[index].config["function"]?.stringValue, let function = TensorFlowFunction.table[name] else { return }
        var config: JSONObject?
        var calls: [KerasGraph.Call] = []
        for call in graph.calls[index] {
            guard let (settings, translated) = Self.translated(call, function), config == nil || config == settings else { return }
            config = settings
            calls.append(translated)
        }
        become(function.operation, index, config ?? [:], calls)
    }

    private static func translated(
        _ call: KerasGraph.Call, _ function: TensorFlowFunction
    ) -> (settings: JSONObject, call: KerasGraph.Call)? {
        guard call.positional.count == 1 else { return nil }
        var rest = call.named.filter { !TensorFlowFunction.isWithoutMeaning($0.name, $0.argument) }
        func take(_ name: String) -> KerasGraph.Argument? {
            rest.firstIndex { $0.name == name }.map { rest.remove(at: $0).argument }
        }
        var result = KerasGraph.Call(call.positional)
        for name in function.operands {
            guard let operand = take(name) else { return nil }
            result.positional.append(operand)
        }
        var settings: JSONObject = [:]
        for setting in function.settings {
            switch take(setting.argument) {
            case .value(let value)?: settings[setting.key] = value
            case nil:
                guard let absent = setting.absent else { return nil }
                settings[setting.key] = absent
            // A tensor, where Keras 3 wants a number.
            default: return nil
            }
        }
        return rest.isEmpty ? (settings, result) : nil
    }

    private mutating func become(_ operation: String, _ index: Int, _ settings: JSONObject, _ calls: [KerasGraph.Call]) {
        guard let module = KerasOperations.module(of: operation) else { return }
        let old = members[index].config["function"]
        var config: JSONObject = ["name": .string(members[index].name)]
        for (key, value) in settings { config[key] = value }
        members[index].become(operation, in: module, config)
        graph.calls[index] = calls
        repairs.append(Repair(.classRenamed, layerPath: members[index].path, old: old, new: .string(module + "." + operation)))
    }
}

// MARK: Parts of tensors

extension GraphTranslation {
    /// `x[:, -1, ...]`
    private mutating func translateSlice(_ index: Int) {
        var calls: [KerasGraph.Call] = []
        for call in graph.calls[index] {
            guard call.positional.count == 1, call.named.count == 1, case .value(.array(let parts))? = call["slice_spec"] else { return }
            var key: [JSON] = []
            for part in parts {
                guard let translated = Self.translated(part) else { return }
                key.append(translated)
            }
            calls.append(KerasGraph.Call(call.positional + [.value(.array(key))]))
        }
        become("GetItem", index, [:], calls)
    }

    private static func translated(_ part: JSON) -> JSON? {
        switch part {
        // A number, a new axis.
        case .integer, .null: return part
        case .object(let slice):
            if slice["class_name"] == "__ellipsis__" { return ["class_name": "__ellipsis__", "config": [:]] }
            guard slice.keys == ["start", "stop", "step"], slice.values.allSatisfy({ $0.isNull || $0.integerValue != nil }) else { return nil }
            return ["class_name": "__slice__", "config": .object(slice)]
        default: return nil
        }
    }
}

extension KerasLayer {
    /// Makes the layer an operation of `keras.ops`.
    fileprivate mutating func become(_ operation: String, in module: String, _ config: JSONObject) {
        className = LayerVariables.hasClass(operation) ? module + ">" + operation : operation
        self.module = module
        registeredName = operation
        self.config = config
    }
}
