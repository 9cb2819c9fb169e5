/// Reads how the layers of a Functional model call each other.
///
/// Facts: files of Keras 1.2.2 to 2.3.1, TensorFlow 2.4 to 2.15 and Keras 3.0 to 3.15; their `functional.py` and `node.py`.
struct GraphReader {
    /// The names of the members, and where they stand.
    private let places: [ExactText: Int]
    private let members: [KerasLayer]
    private let path: String
    private let version: KerasVersion

    private static let calls = "inbound_nodes"

    /// Whether a configuration with these keys is that of a Functional or of a class derived from it.
    static func isFunctional(_ config: JSONObject) -> Bool { config.contains(key: "input_layers") && config.contains(key: "output_layers") }

    /// Takes inputs and outputs out of the model's configuration. `entries` describe the members.
    static func graph(
        takenFrom config: inout JSONObject, _ entries: [JSON], members: [KerasLayer], path: String, version: KerasVersion
    ) throws(KerasFileError) -> KerasGraph {
        let reader = GraphReader(members, path: path, version: version)
        var calls: [[KerasGraph.Call]] = []
        for (entry, member) in zip(entries, members) { calls.append(try reader.calls(entry, of: member)) }
        var graph = KerasGraph(
            calls: calls, inputs: try reader.interface(config, "input_layers"), outputs: try reader.interface(config, "output_layers"))
        graph = reader.countedFromZero(graph)
        try reader.check(graph)
        for key in ["input_layers", "output_layers"] { config.removeValue(forKey: key) }
        return graph
    }

    private init(_ members: [KerasLayer], path: String, version: KerasVersion) {
        self.members = members
        self.path = path
        self.version = version
        places = Dictionary(uniqueKeysWithValues: members.enumerated().map { (ExactText($1.name), $0) })
    }

    private func calls(_ entry: JSON, of member: KerasLayer) throws(KerasFileError) -> [KerasGraph.Call] {
        guard let nodes = entry[Self.calls] else { throw KerasFileError(.missingKey, path: member.path, key: Self.calls) }
        guard case .array(let nodes) = nodes else {
            throw KerasFileError(.wrongType(expected: .array, found: nodes.valueType), path: member.path, key: Self.calls)
        }
        var calls: [KerasGraph.Call] = []
        for node in nodes {
            do throws(KerasFileError) {
                calls.append(try version.lineage == .multiBackend && node.objectValue != nil ? newCall(node) : oldCall(node, of: member))
            } catch {
                throw KerasFileError(error.kind, path: member.path, key: Self.calls)
            }
        }
        return calls
    }

    private func tensor(_ parts: ArraySlice<JSON>) throws(KerasFileError) -> KerasGraph.Tensor {
        guard parts.count == 3, let name = parts[parts.startIndex].stringValue,
            let call = parts[parts.startIndex + 1].intValue, let output = parts[parts.startIndex + 2].intValue, call >= 0, output >= 0
        else { throw KerasFileError(.graph(.malformedTensor)) }
        guard let member = places[ExactText(name)] else { throw KerasFileError(.graph(.unknownLayer(name))) }
        return KerasGraph.Tensor(member: member, call: call, output: output)
    }
}

// MARK: Keras 3

extension GraphReader {
    /// `{"args": [...], "kwargs": {...}}`
    private func newCall(_ node: JSON) throws(KerasFileError) -> KerasGraph.Call {
        guard case .array(let arguments)? = node["args"], case .object(let named)? = node["kwargs"] else {
            throw KerasFileError(.graph(.malformedCall))
        }
        var call = KerasGraph.Call([])
        for argument in arguments { call.positional.append(try newArgument(argument)) }
        for (name, argument) in named { call.named.append(KerasGraph.Named(name, try newArgument(argument))) }
        return call
    }

    private func newArgument(_ value: JSON) throws(KerasFileError) -> KerasGraph.Argument {
        try argument(value) { (value) throws(KerasFileError) in
            guard value["class_name"] == "__keras_tensor__" else { return nil }
            guard let history = value["config"]?["keras_history"]?.arrayValue else { throw KerasFileError(.graph(.malformedTensor)) }
            return .tensor(try tensor(history[...]))
        }
    }

    /// Recursion goes as deep as the JSON text, which the parser has bounded.
    private func argument(
        _ value: JSON, _ leaf: (JSON) throws(KerasFileError) -> KerasGraph.Argument?
    ) throws(KerasFileError) -> KerasGraph.Argument {
        if let leaf = try leaf(value) { return leaf }
        switch value {
        case .array(let elements):
            var list: [KerasGraph.Argument] = []
            for element in elements { list.append(try argument(element, leaf)) }
            return list.contains { !$0.isValue } ? .list(list) : .value(value)
        case .object(let object):
            var members: [KerasGraph.Named] = []
            for (key, member) in object { members.append(KerasGraph.Named(key, try argument(member, leaf))) }
            return members.contains { !$0.argument.isValue } ? .dictionary(members) : .value(value)
        default: return .value(value)
        }
    }
}

extension KerasGraph.Argument {
    fileprivate var isValue: Bool { if case .value = self { true } else { false } }
}

// MARK: Keras 1 and 2

extension GraphReader {
    private static let constant = "_CONSTANT_VALUE"

    /// The first argument as lists and dictionaries of `[layer, call, output, other arguments]`; without these in Keras 1. A tensor that
    /// is alone stands in a list, but where the layer is a function of TensorFlow.
    private func oldCall(_ node: JSON, of member: KerasLayer) throws(KerasFileError) -> KerasGraph.Call {
        var others: JSONObject?
        var first = try argument(node) { (value) throws(KerasFileError) in
            guard let parts = value.arrayValue, (3...4).contains(parts.count), let name = parts[0].stringValue else { return nil }
            if parts.count == 4 {
                guard case .object(let named) = parts[3], others == nil || others == named else {
                    throw KerasFileError(.graph(.malformedCall))
                }
                others = named
            }
            return name == Self.constant ? .value(parts[2]) : .tensor(try tensor(parts[..<3]))
        }
        if case .list(let elements) = first, elements.count == 1 { first = elements[0] }
        var call = KerasGraph.Call([first])
        for (name, value) in others ?? [:] { call.named.append(KerasGraph.Named(name, try oldArgument(value))) }
        return call
    }

    /// An argument by name: whatever looks like a tensor is one, as TensorFlow takes it.
    private func oldArgument(_ value: JSON) throws(KerasFileError) -> KerasGraph.Argument {
        try argument(value) { (value) throws(KerasFileError) in
            guard let parts = value.arrayValue, parts.count == 3, let name = parts[0].stringValue, parts[1].intValue != nil else { return nil }
            if name == Self.constant { return .value(parts[2]) }
            return parts[2].intValue == nil ? nil : .tensor(try tensor(parts[...]))
        }
    }
}

// MARK: The model as a whole

extension GraphReader {
    private func interface(_ config: JSONObject, _ key: String) throws(KerasFileError) -> KerasGraph.Argument {
        guard let value = config[key] else { throw KerasFileError(.missingKey, path: path, key: key) }
        do throws(KerasFileError) {
            let structure = try argument(value) { (value) throws(KerasFileError) in
                guard let parts = value.arrayValue, parts.count == 3, parts[0].stringValue != nil else { return nil }
                return .tensor(try tensor(parts[...]))
            }
            guard !structure.isValue else { throw KerasFileError(.graph(.malformedTensor)) }
            // One tensor alone stood in a list up to Keras 3.10.
            if case .list(let elements) = structure, elements.count == 1, version < (3, 11, 0) { return elements[0] }
            return structure
        } catch {
            throw KerasFileError(error.kind, path: path, key: key)
        }
    }

    /// A model among the layers was called once to be made. Keras 1 and 2 count that call, Keras 3 counts it in the outputs of the
    /// model around it and for a Functional only. TensorFlow does not count it for a Sequential whose input it was not told.
    private func countedFromZero(_ graph: KerasGraph) -> KerasGraph {
        var inner = graph.calls.flatMap { $0.flatMap(\.tensors) }
        var outer = graph.outputs.tensors
        let isKeras3 = version.lineage == .multiBackend
        if !isKeras3 { (inner, outer) = (inner + outer, inner + outer) }
        var bases = [(inner: Int, outer: Int)](repeating: (0, 0), count: members.count)
        for (place, member) in members.enumerated() where member.graph != nil || member.className == "Sequential" {
            let calls = graph.calls[place].count
            func base(_ tensors: [KerasGraph.Tensor], usual: Int) -> Int {
                let numbers = tensors.lazy.filter { $0.member == place }.map(\.call)
                return numbers.contains(0) ? 0 : numbers.contains(calls) ? 1 : usual
            }
            bases[place] = (
                base(inner, usual: isKeras3 ? 0 : 1), base(outer, usual: isKeras3 && member.graph == nil ? 0 : 1)
            )
        }
        var result = graph
        result.calls = graph.calls.map { list in
            list.map { $0.map { KerasGraph.Tensor(member: $0.member, call: $0.call - bases[$0.member].inner, output: $0.output) } }
        }
        result.outputs = graph.outputs.map {
            KerasGraph.Tensor(member: $0.member, call: $0.call - bases[$0.member].outer, output: $0.output)
        }
        return result
    }

    private func check(_ graph: KerasGraph) throws(KerasFileError) {
        func check(_ tensors: [KerasGraph.Tensor], path: String, key: String) throws(KerasFileError) {
            for tensor in tensors {
                let count = members[tensor.member].className == "InputLayer" ? 1 : graph.calls[tensor.member].count
                guard (0..<count).contains(tensor.call) else {
                    throw KerasFileError(.graph(.noSuchCall(layer: members[tensor.member].name, call: tensor.call)), path: path, key: key)
                }
            }
        }
        for (member, calls) in zip(members, graph.calls) {
            guard member.className != "InputLayer" || calls.isEmpty else {
                throw KerasFileError(.graph(.malformedCall), path: member.path, key: Self.calls)
            }
            for call in calls { try check(call.tensors, path: member.path, key: Self.calls) }
        }
        try check(graph.inputs.tensors, path: path, key: "input_layers")
        try check(graph.outputs.tensors, path: path, key: "output_layers")
        guard graph.order() != nil else { throw KerasFileError(.graph(.cycle), path: path, key: Self.calls) }
    }
}
