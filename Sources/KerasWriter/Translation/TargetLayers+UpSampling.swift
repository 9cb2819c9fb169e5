import KerasFiles

/// `UpSampling2D(interpolation="bilinear")` of the package `keras` 2.2 and 2.3: element `f k + r` lies at `k + r / f` between two
/// elements of the input, the last one being repeated. Keras 3 has no such layer, but a model of three gives the same: every element `f`
/// times, the last one `f - 1` times more, and the mean over `f` neighbours.
extension TargetLayers {
    mutating func upSamplingReplaced(_ layer: KerasLayer) -> KerasLayer? {
        guard layer.className == "UpSampling2D", layer.config["interpolation"] == "keras2>bilinear", dialect != .keras2 else { return nil }
        guard let size = layer.config["size"]?.arrayValue, size.count == 2, let rows = size[0].intValue, let columns = size[1].intValue,
            rows > 0, columns > 0
        else { return nil }
        let format = layer.config["data_format"] ?? "channels_last"
        let type = layer.config["dtype"] ?? "float32"
        func member(_ className: String, _ suffix: String, _ config: JSONObject) -> KerasLayer {
            let name = layer.name + "_" + suffix
            var named: JSONObject = ["name": .string(name)]
            for (key, value) in config { named[key] = value }
            return KerasLayer(className: className, name: name, path: layer.path + "/" + name, place: .member, config: named)
        }
        let unpadded: JSON = [0, 0]
        let padded = [rows, columns].map { JSON.array([0, .integer(Int64($0 - 1))]) }
        let padding = format == "channels_first" ? [unpadded, unpadded] + padded : [unpadded] + padded + [unpadded]
        // Among repeated elements the mirror image of the last ones is the last one again.
        var pad = member("Pad", "end", ["pad_width": .array(padding), "mode": "symmetric"])
        pad.module = KerasOperations.module(of: "Pad")
        pad.registeredName = "Pad"
        var model = layer
        model.className = "Functional"
        model.pythonClass = nil
        model.config = ["name": .string(layer.name), "trainable": layer.config["trainable"] ?? true]
        model.children = [
            member("InputLayer", "input", ["batch_shape": [nil, nil, nil, nil], "dtype": "float32", "sparse": false]),
            member(
                "UpSampling2D", "repeated",
                ["trainable": true, "dtype": type, "size": .array(size), "data_format": format, "interpolation": "nearest"]),
            pad,
            member(
                "AveragePooling2D", "mean",
                ["trainable": true, "dtype": type, "pool_size": .array(size), "strides": [1, 1], "padding": "valid", "data_format": format]),
        ]
        func result(_ member: Int) -> KerasGraph.Argument { .tensor(KerasGraph.Tensor(member: member)) }
        model.graph = KerasGraph(
            calls: [[]] + (0..<3).map { [KerasGraph.Call([result($0)])] }, inputs: result(0), outputs: result(3))
        report(
            Repair(.meaningKept, layerPath: layer.path, key: "interpolation", old: layer.config["interpolation"], new: "Functional"))
        return model
    }
}
