import CompactFile
import FileOutput
import KerasFiles
import KerasWriter
import NNConvert
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What is said to be different about two models is, and nothing else.
@Suite struct ComparisonTests {
    /// Into `.nnc` and back nothing changes, in a model of any release and format.
    @Test(arguments: Fixtures.models) func theCompactFileIsTheSame(_ name: String) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        var content = CompactFileContent(tensors: [])
        try content.addSource(model, places: [])
        let back = try CompactFileReader(ByteSource(CompactFileWriter(content).bytes())).kerasModel()
        let comparison = try ModelComparison(model, back)
        #expect(comparison.isSame)
        #expect(comparison.elementCount == model.weightGroups.lazy.flatMap(\.weights).reduce(0) { $0 + $1.tensor.count })
    }

    /// Written as today's Keras writes it, a model of any release is the same, but for the weights whose function Keras 3 defines anew.
    @Test(arguments: Fixtures.models) func theUpgradeIsTheSame(_ name: String) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        guard let writer = try? KerasWriter(model, as: .archive, dialect: .keras3) else { return }
        // Where other layers do the same, they are other layers; a sum is another weight than its parts.
        guard !writer.report.repairs.contains(where: { [.weightsReordered, .adapterMerged].contains($0.kind) || ["Permute", "Functional"].contains($0.new) }) else {
            return
        }
        let upgraded = try written(writer)
        for (first, second) in [(model, upgraded), (upgraded, model)] {
            let comparison = try ModelComparison(first, second)
            for layer in comparison.layers {
                #expect(layer.isOnlyHardSigmoid, "\(layer)")
            }
            #expect(comparison.training.isEmpty || !writer.report.dropped.isEmpty, "\(comparison.training)")
            #expect(comparison.optimizer.isEmpty || !writer.report.dropped.isEmpty, "\(comparison.optimizer)")
            #expect(comparison.assets.isEmpty)
        }
    }

    private func written(_ writer: KerasWriter) throws -> KerasModel {
        let path = "/tmp/nnconv-comparison-\(getpid())-\(UInt64.random(in: .min ... .max)).keras"
        var file = try OutputFile(path: path)
        try writer.write(to: &file)
        try file.commit()
        // An open file stays readable.
        defer { unlink(path) }
        return try KerasModel.open(path: path)
    }

    /// One bit of one weight, whichever it is, is found at its place.
    @Test(arguments: ["keras-2.3.1/coffee", "keras-2.0.2/lstm_text", "archives/keras-3.15.1/bidirectional", "archives/tfkeras-2.15/nested"])
    func oneBit(_ name: String) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        var generator = SystemRandomNumberGenerator()
        var changes = 0
        try model.root.forEachWeight { path, index, weight in
            guard weight.tensor.count > 0 else { return }
            let position = Int.random(in: 0..<weight.tensor.count, using: &generator)
            var bytes = try weight.tensor.bytes()
            bytes[position * weight.tensor.elementType.size] ^= 1
            let changed = try Tensor(elementType: weight.tensor.elementType, shape: weight.tensor.shape, bytes: bytes)
            var other = model
            other.root.change(path) { $0.weights[index].tensor = changed }
            let comparison = try ModelComparison(model, other)
            #expect(comparison.layers.count == 1)
            let layer = try #require(comparison.layers.first)
            #expect(layer.path == path && layer.values.isEmpty && layer.weights.map(\.role) == [weight.role])
            guard case .elements(let difference) = layer.weights[0].kind, let elements = difference.elements else {
                Issue.record("\(layer)")
                return
            }
            #expect(elements.differing == 1)
            let place = try #require(elements.firstPlace)
            #expect(zip(place.indices, weight.tensor.shape).reduce(0) { $0 * $1.1 + $1.0 } == position)
            let numbers = (try weight.tensor.doubles()[position], try changed.doubles()[position])
            #expect((place.first, place.second) == numbers)
            #expect(elements.largestAbsolute == (place.first - place.second).magnitude)
            changes += 1
            // A bit at the end of a float32 is within any tolerance.
            if weight.tensor.elementType.isFloat { #expect(try ModelComparison(model, other, tolerance: .init()).isSame) }
        }
        #expect(changes > 2)
    }

    /// A changed, a missing and an additional key of every layer are found.
    @Test(arguments: ["keras-2.3.1/coffee", "archives/keras-3.15.1/bidirectional", "archives/tfkeras-2.15/nested"])
    func oneKey(_ name: String) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        for path in model.root.paths {
            var other = model
            other.root.change(path) { $0.config["units"] = 123 }
            let comparison = try ModelComparison(model, other)
            #expect(comparison.layers.map(\.path) == [path])
            #expect(comparison.layers.first?.values.map(\.key) == ["units"])
            #expect(comparison.layers.first?.values.first?.second == 123)
        }
    }

    @Test func layersThatCameWentOrWereRenamed() throws {
        let model = try KerasModel.open(path: Fixtures.path("keras-2.3.1/coffee"))
        let members = model.root.members
        let last = try #require(members.last)
        func difference(_ change: (inout KerasModel) -> Void) throws -> [LayerDifference] {
            var other = model
            change(&other)
            return try ModelComparison(model, other).layers
        }

        let gone = try difference { $0.root.children.removeLast() }
        #expect(gone.map(\.path) == [last.path] && gone.map(\.presence) == [.onlyFirst])
        let more = try difference { $0.root.children.append(KerasLayer(className: "Dropout", name: "more", path: "more", place: .member, config: ["rate": 0.5])) }
        #expect(more.map(\.path) == ["more"] && more.map(\.presence) == [.onlySecond])
        // All numbers one higher, as in another session of Keras.
        let renamed = try difference { other in
            for index in other.root.children.indices { other.root.children[index].rename("layer_\(index + 7)") }
        }
        #expect(renamed.map(\.path) == members.map(\.path))
        #expect(renamed.allSatisfy { $0.presence == .both && $0.values.map(\.key) == ["name"] && $0.weights.isEmpty })
        let reordered = try difference { $0.root.children.reverse() }
        #expect(reordered.count == 1 && reordered[0].values.map(\.key) == ["layers"])
    }

    /// The same graph between layers of other names, and another graph between the same layers.
    @Test(arguments: ["keras-2.0.2/functional_skip", "tfkeras-2.15/functional_nested", "archives/keras-3.15.1/functional_nested"])
    func graphs(_ name: String) throws {
        let model = try KerasModel.open(path: Fixtures.path(name))
        func difference(_ change: (inout KerasLayer) -> Void) throws -> [LayerDifference] {
            var other = model
            change(&other.root)
            return try ModelComparison(model, other).layers
        }
        let renamed = try difference { root in
            for index in root.children.indices { root.children[index].rename("layer_\(index + 7)") }
        }
        #expect(renamed.count == model.root.children.count)
        #expect(renamed.allSatisfy { $0.path != model.root.path && $0.values.map(\.key) == ["name"] })

        // One tensor comes from another layer.
        let graph = try #require(model.root.graph)
        let call = try #require(graph.order()?.last)
        let source = try #require(graph.calls[call.member][call.call].tensors.first)
        let other = try #require(graph.calls.indices.first { $0 != source.member && $0 != call.member })
        let rewired = try difference { root in
            root.graph?.calls[call.member][call.call] = graph.calls[call.member][call.call].map {
                $0 == source ? KerasGraph.Tensor(member: other) : $0
            }
        }
        #expect(rewired.map(\.path) == [model.root.path])
        #expect(rewired.first?.values.map(\.key) == ["inbound_nodes.\(model.root.members[call.member].name)"])
    }

    @Test func trainingIsCompared() throws {
        let model = try KerasModel.open(path: Fixtures.path("keras-3.15.1/coffee"))
        var other = model
        other.trainingConfiguration = nil
        #expect(try !ModelComparison(model, other).training.isEmpty)
        other = model
        var optimizer = try #require(model.optimizerWeights)
        let tensor = try #require(optimizer.weights.last).tensor
        var bytes = try tensor.bytes()
        bytes[0] ^= 1
        optimizer.weights[optimizer.weights.count - 1].tensor = try Tensor(elementType: tensor.elementType, shape: tensor.shape, bytes: bytes)
        other.optimizerWeights = optimizer
        let found = try ModelComparison(model, other)
        #expect(found.layers.isEmpty && found.training.isEmpty && found.optimizer.count == 1)
        let expected = try #require(model.root.members.last)
        #expect(found.optimizer[0].name == "velocity")
        #expect(found.optimizer[0].weight?.layerPath == expected.path && found.optimizer[0].weight?.role == "bias")
    }

    @Test func assetsAreCompared() throws {
        let model = try KerasModel.open(path: Fixtures.path("keras-3.15.1/coffee"))
        func with(_ assets: [(String, String)]) -> KerasModel {
            var model = model
            model.assets = assets.map { Asset(name: $0.0, content: ByteSource(Array($0.1.utf8))) }
            return model
        }
        let found = try ModelComparison(with([("a", "same"), ("b", "one"), ("c", "lost")]), with([("a", "same"), ("b", "onx"), ("d", "new")]))
        #expect(found.assets.map(\.name) == ["b", "c", "d"])
        #expect(found.assets[0].firstDeparture == 2)
        #expect(found.assets[1].second == nil && found.assets[2].first == nil)
    }
}

extension LayerDifference {
    /// Whether all there is to it is that Keras 3 has another `hard_sigmoid`.
    fileprivate var isOnlyHardSigmoid: Bool {
        if presence != .both { return className == "Rescaling" }
        let isScaled = weights.allSatisfy { if case .scaled = $0.kind { true } else { false } }
        let names: [JSON?] = ["hard_sigmoid", .string(ActivationNames.hardSigmoidOfKeras2)]
        return isScaled && values.allSatisfy { names.contains($0.first) && names.contains($0.second) }
    }
}

extension KerasLayer {
    fileprivate var paths: [String] { [path] + children.flatMap(\.paths) }

    fileprivate func forEachWeight(_ body: (_ path: String, _ index: Int, LayerWeight) throws -> Void) throws {
        for (index, weight) in weights.enumerated() { try body(path, index, weight) }
        for child in children { try child.forEachWeight(body) }
    }

    fileprivate mutating func change(_ path: String, _ body: (inout KerasLayer) -> Void) {
        if self.path == path { return body(&self) }
        for index in children.indices { children[index].change(path, body) }
    }

    fileprivate mutating func rename(_ name: String) {
        self.name = name
        config["name"] = .string(name)
    }
}
