extension ConfigurationReader {
    /// The layers of a model, with an InputLayer for the model's input if it is a Sequential without one.
    mutating func readMembers(
        _ entries: [JSON], of model: inout KerasLayer, depth: Int, listedNames: [String]
    ) throws(KerasFileError) {
        let names = Self.names(of: entries, listed: listedNames)
        var members: [KerasLayer] = []
        var taken: Set<String> = []
        for (entry, name) in zip(entries, names) {
            let member = try layer(entry, at: .member, in: model.path, depth: depth + 1, fallbackName: name)
            guard taken.insert(member.name).inserted else {
                throw KerasFileError(.duplicateName(member.name), path: model.path)
            }
            members.append(member)
        }
        // A Functional has explicit inputs; what a class of the user's own does with its layers is unknown.
        if model.className == "Sequential", let first = members.first, first.className != "InputLayer",
            let input = inputLayer(before: first, writtenAs: entries[0], in: model, taken: taken)
        {
            members.insert(input, at: 0)
        }
        let isDerived = model.className != "Functional" && model.className != "Sequential"
        if model.className == "Functional" || isDerived && GraphReader.isFunctional(model.config) && entries.allSatisfy({ $0["inbound_nodes"] != nil }) {
            let graph = try GraphReader.graph(
                takenFrom: &model.config, entries, members: members, path: model.path, version: version)
            var translation = GraphTranslation(members, graph)
            if version.lineage != .multiBackend { translation.run() }
            repairs += translation.repairs
            members = translation.members
            model.graph = translation.graph
        }
        model.children += members
    }

    /// Names for layers that are written without: those that the file lists elsewhere and that no other layer has, in order; or
    /// made-up ones.
    private static func names(of entries: [JSON], listed: [String]) -> [String?] {
        let own = entries.map { $0["config"]?["name"]?.stringValue ?? $0["name"]?.stringValue }
        var taken = Set(own.compactMap { $0 })
        var unclaimed = listed.filter { !taken.contains($0) }[...]
        return zip(entries, own).map { entry, name in
            guard name == nil else { return nil }
            let base = entry["class_name"]?.stringValue?.lowercased() ?? "layer"
            let new = unclaimed.popFirst() ?? unused(base, taken)
            taken.insert(new)
            return new
        }
    }

    private static func unused(_ base: String, _ taken: Set<String>) -> String {
        guard taken.contains(base) else { return base }
        var number = 1
        while taken.contains("\(base)_\(number)") { number += 1 }
        return "\(base)_\(number)"
    }

    /// The input that a Sequential has without saying so: its first layer has `batch_input_shape`, or is a model with one input, or the
    /// model has `build_input_shape`. Nil when nothing tells its shape.
    private mutating func inputLayer(
        before first: KerasLayer, writtenAs entry: JSON, in model: KerasLayer, taken: Set<String>
    ) -> KerasLayer? {
        let written = entry["config"]
        var shape = written?["batch_input_shape"].map { PythonObjects.plain($0) ?? $0 }
        var dtype = Self.inputType(written?["dtype"] ?? written?["input_dtype"])
        if !Self.isShape(shape), let inner = Self.onlyInput(of: first) {
            shape = inner.config["batch_shape"]
            dtype = Self.inputType(inner.config["dtype"])
        }
        if !Self.isShape(shape), let built = model.config["build_input_shape"], case .array(var extents) = built, !extents.isEmpty {
            // How many examples there were when the model was first called is not part of it.
            extents[0] = .null
            shape = .array(extents)
        }
        guard Self.isShape(shape), let shape else { return nil }

        let name = Self.unused(first.name + "_input", taken)
        let config: JSONObject = ["batch_shape": shape, "dtype": .string(dtype), "sparse": false, "name": .string(name)]
        let layer = KerasLayer(
            className: "InputLayer", name: name, path: model.path + "/" + name, place: .member, config: config)
        repairs.append(Repair(.inputLayerAdded, layerPath: layer.path, new: .object(config)))
        return layer
    }

    /// The type of the input of a layer that was written with this `dtype`. Models with mixed precision take single-precision input.
    private static func inputType(_ dtype: JSON?) -> String {
        let name = dtype.flatMap { $0.stringValue ?? TranslatedValue.Translation.policyName($0, className: "")?.stringValue }
        guard let name, !name.hasPrefix("mixed_") else { return "float32" }
        return name
    }

    private static func isShape(_ value: JSON?) -> Bool {
        guard let extents = value?.arrayValue, !extents.isEmpty else { return false }
        return extents.allSatisfy { $0.isNull || $0.integerValue != nil }
    }

    private static func onlyInput(of layer: KerasLayer) -> KerasLayer? {
        let inputs = layer.members.filter { $0.className == "InputLayer" }
        return inputs.count == 1 ? inputs[0] : nil
    }
}
