import KerasFiles

/// Writes a graph as the configuration of a Functional model has it.
package struct GraphConfiguration {
    private let graph: KerasGraph
    private let members: [KerasLayer]
    private let dialect: KerasDialect

    package init(_ graph: KerasGraph, members: [KerasLayer], dialect: KerasDialect) {
        self.graph = graph
        self.members = members
        self.dialect = dialect
    }

    /// `inbound_nodes` of a member.
    package func calls(of member: Int) -> JSON {
        if dialect == .keras2 { return .array(graph.calls[member].map { oldCall($0, of: members[member]) }) }
        return .array(
            graph.calls[member].map { call in
                var named: JSONObject = [:]
                for argument in call.named { named[argument.name] = value(argument.argument, tensor) }
                return ["args": .array(call.positional.map { value($0, tensor) }), "kwargs": .object(named)]
            })
    }

    package var inputs: JSON { interface(graph.inputs) }
    package var outputs: JSON { interface(graph.outputs) }

    /// Up to Keras 3.10 a tensor alone stands in a list.
    private func interface(_ structure: KerasGraph.Argument) -> JSON {
        let json = value(structure, outside)
        if case .tensor = structure, dialect != .keras3 { return .array([json]) }
        return json
    }

    private func value(_ argument: KerasGraph.Argument, _ tensor: (KerasGraph.Tensor) -> JSON) -> JSON {
        switch argument {
        case .tensor(let source): tensor(source)
        case .value(let json): json
        case .list(let elements): .array(elements.map { value($0, tensor) })
        case .dictionary(let members): .object(JSONObject(members.map { (key: $0.name, value: value($0.argument, tensor)) }))
        }
    }

    /// Keras finds the tensor by its history; it makes one of this shape and type and does not look at them.
    private func tensor(_ tensor: KerasGraph.Tensor) -> JSON {
        ["class_name": "__keras_tensor__", "config": ["shape": [], "dtype": "float32", "keras_history": history(tensor, call: tensor.call)]]
    }

    /// Among the outputs of a model a Functional in it has one call before all others: the one it was made by.
    private func outside(_ tensor: KerasGraph.Tensor) -> JSON {
        dialect == .keras2 ? old(tensor) : history(tensor, call: tensor.call + (members[tensor.member].graph == nil ? 0 : 1))
    }

    private func history(_ tensor: KerasGraph.Tensor, call: Int) -> JSON {
        [.string(members[tensor.member].name), .integer(Int64(call)), .integer(Int64(tensor.output))]
    }
}

// MARK: Keras 2

extension GraphConfiguration {
    /// The names of arguments after the first, of layers that Keras 3 calls without saying them.
    private static let names = ["MultiHeadAttention": ["value", "key"]]

    /// Whether Keras 2 has a way to write the call down: with one argument that has no name.
    static func isWrittenByKeras2(_ call: KerasGraph.Call, of member: KerasLayer) -> Bool {
        !member.isOperation && (1...1 + (names[member.className]?.count ?? 0)).contains(call.positional.count)
    }

    /// The first argument as lists of `[layer, call, output, other arguments]`.
    private func oldCall(_ call: KerasGraph.Call, of member: KerasLayer) -> JSON {
        var named: JSONObject = [:]
        let extra = zip(Self.names[member.className] ?? [], call.positional.dropFirst()).map { KerasGraph.Named($0, $1) }
        for argument in extra + call.named where argument.argument != .value(.null) { named[argument.name] = value(argument.argument, old) }
        let first = call.positional.first.map { argument in
            value(argument) { tensor in .array((old(tensor).arrayValue ?? []) + [.object(named)]) }
        } ?? []
        if case .tensor? = call.positional.first { return [first] }
        return first
    }

    /// Every model inside has one call before all others: the one it was made by.
    private func old(_ tensor: KerasGraph.Tensor) -> JSON {
        let member = members[tensor.member]
        return history(tensor, call: tensor.call + (member.graph != nil || member.className == "Sequential" ? 1 : 0))
    }
}
