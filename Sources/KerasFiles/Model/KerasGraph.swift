/// How the layers of a Functional model call each other, whichever Keras wrote it down.
///
/// A layer may be called several times (it has one set of weights all the same), with any number of tensors, in any argument. A tensor
/// is known by the call that makes it. Every tensor that is named is there, and no call waits for itself: whoever has a graph can
/// follow it.
public struct KerasGraph: Sendable, Equatable {
    /// The calls of every member of the model, in the order of `KerasLayer.members`; an InputLayer has none, and its tensor is output 0 of
    /// call 0.
    public var calls: [[Call]]
    /// The model's inputs and outputs, as whoever calls the model gives and gets them: a tensor, or lists and dictionaries of tensors.
    public var inputs: Argument
    public var outputs: Argument

    public init(calls: [[Call]], inputs: Argument, outputs: Argument) {
        self.calls = calls
        self.inputs = inputs
        self.outputs = outputs
    }

    /// One result of one call.
    public struct Tensor: Sendable, Hashable {
        /// The layer, by its place among the members of the model.
        public var member: Int
        /// Which of the layer's calls made it.
        public var call: Int
        /// Which of the call's results it is. How many a layer has only running it tells.
        public var output: Int

        public init(member: Int, call: Int = 0, output: Int = 0) {
            self.member = member
            self.call = call
            self.output = output
        }
    }

    /// What a layer is called with.
    public struct Call: Sendable, Equatable {
        public var positional: [Argument]
        public var named: [Named]

        public init(_ positional: [Argument], named: [Named] = []) {
            self.positional = positional
            self.named = named
        }
    }

    public struct Named: Sendable, Equatable {
        public var name: String
        public var argument: Argument

        public init(_ name: String, _ argument: Argument) {
            self.name = name
            self.argument = argument
        }
    }

    public indirect enum Argument: Sendable, Equatable {
        case tensor(Tensor)
        /// Something without a tensor in it, as Keras 3 writes it.
        case value(JSON)
        /// These two have a tensor in them somewhere.
        case list([Argument])
        case dictionary([Named])
    }
}

extension KerasGraph.Argument {
    /// All tensors in it, in their order.
    public var tensors: [KerasGraph.Tensor] {
        switch self {
        case .tensor(let tensor): [tensor]
        case .value: []
        case .list(let elements): elements.flatMap(\.tensors)
        case .dictionary(let members): members.flatMap(\.argument.tensors)
        }
    }

    /// The same with other tensors.
    package func map(_ body: (KerasGraph.Tensor) -> KerasGraph.Tensor) -> Self {
        switch self {
        case .tensor(let tensor): .tensor(body(tensor))
        case .value: self
        case .list(let elements): .list(elements.map { $0.map(body) })
        case .dictionary(let members): .dictionary(members.map { KerasGraph.Named($0.name, $0.argument.map(body)) })
        }
    }
}

extension KerasGraph.Call {
    public var tensors: [KerasGraph.Tensor] { positional.flatMap(\.tensors) + named.flatMap(\.argument.tensors) }

    package subscript(_ name: String) -> KerasGraph.Argument? { named.first { $0.name == name }?.argument }

    package func map(_ body: (KerasGraph.Tensor) -> KerasGraph.Tensor) -> Self {
        KerasGraph.Call(positional.map { $0.map(body) }, named: named.map { KerasGraph.Named($0.name, $0.argument.map(body)) })
    }
}

extension KerasGraph {
    /// The same with other tensors in its calls and outputs. (Inputs are the InputLayers' own.)
    package func map(_ body: (Tensor) -> Tensor) -> KerasGraph {
        KerasGraph(calls: calls.map { $0.map { $0.map(body) } }, inputs: inputs, outputs: outputs.map(body))
    }

    /// All calls, each after those whose results it takes, otherwise in the order of members; nil when some wait for each other. A call
    /// is written as its first result. Takes time in proportion to the size of the graph.
    public func order() -> [Tensor]? {
        var starts: [Int] = []
        var total = 0
        for list in calls {
            starts.append(total)
            total += list.count
        }
        var waiting = [Int](repeating: 0, count: total)
        var followers = [[Tensor]](repeating: [], count: total)
        var ready: [Tensor] = []
        for (member, list) in calls.enumerated() {
            for (number, call) in list.enumerated() {
                let needed = call.tensors.filter { !calls[$0.member].isEmpty }
                waiting[starts[member] + number] = needed.count
                for tensor in needed { followers[starts[tensor.member] + tensor.call].append(Tensor(member: member, call: number)) }
                if needed.isEmpty { ready.append(Tensor(member: member, call: number)) }
            }
        }
        var done = 0
        while done < ready.count {
            let call = ready[done]
            done += 1
            for follower in followers[starts[call.member] + call.call] {
                let place = starts[follower.member] + follower.call
                waiting[place] -= 1
                if waiting[place] == 0 { ready.append(follower) }
            }
        }
        return ready.count == total ? ready : nil
    }
}
