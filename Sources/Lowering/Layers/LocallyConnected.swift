import KerasFiles
import NNInference

/// LocallyConnected1D and 2D of Keras 2: a convolution with a kernel of its own at every position.
enum LocallyConnectedLayers {
    static let definitions = [definition(axes: 1), definition(axes: 2)]

    private static let filters = ConfigKey<Int>("filters", .integer(from: 1))
    private static let implementation = ConfigKey<LocalKernel.Form>(
        "implementation", .numbered([1: .patches, 2: .masked, 3: .sparse]), default: 1)

    /// What says how the windows lie.
    private struct Keys: Sendable {
        let size: ConfigKey<[Int]>
        let strides: ConfigKey<[Int]>
        let padding = ConfigKey<WindowPadding>("padding", .oneOf(["valid": .valid, "same": .same]), default: "valid")

        init(axes: Int) {
            size = ConfigKey("kernel_size", .tuple(axes))
            strides = ConfigKey("strides", .tuple(axes), default: 1)
        }
    }

    private static func definition(axes: Int) -> LayerDefinition {
        let keys = Keys(axes: axes)
        let declarations: [KeyDeclaration] = [
            .used(filters), .used(keys.size), .used(keys.strides), .used(keys.padding), .used(ChannelOrder.key), .used(implementation),
            .used(ConvolutionLayers.activation), .used(ConvolutionLayers.useBias),
        ]
        let padsOnlyMatrices = LayerRule(keys.padding.name, implementation.name, is: .notTogether("same", 1)) { layer throws(Refusal) in
            guard try layer[keys.padding] == .same, try layer[implementation] == .patches else { return }
            throw Refusal(layer, key: keys.padding.name, .conflict(withKey: implementation.name))
        }
        return LayerDefinition(
            "LocallyConnected\(axes)D", keys: .commonWithActivityRegularizer + declarations + .training("kernel", "bias"), mask: .drops,
            rules: [padsOnlyMatrices]
        ) { (call: LayerCall, builder: inout ProgramBuilder) throws(Refusal) -> ValueID in
            try builder.require(rank: axes + 2, of: call.input.value)
            return try lower(call, keys, &builder)
        }
    }

    private static func lower(_ call: LayerCall, _ keys: Keys, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let order = try call[ChannelOrder.key]
        let filters = try call[filters]
        var value = try builder.channelsLast(try call.input.value, from: order)
        let shape = builder.shape(value)
        for axis in 1..<shape.rank where shape[axis] == Shape.unknown { throw call.refusal(.shape(.unknownDimension(axis: axis))) }
        let found = LocalKernel(
            form: try call[implementation], isChannelsFirst: order == .first, image: Array(shape.dimensions[1..<shape.rank - 1]),
            channels: shape[shape.rank - 1], window: try call[keys.size], strides: try call[keys.strides],
            isSame: try call[keys.padding] == .same, filters: filters)
        guard let kernel = found else { throw call.refusal(.shape(.emptyAxis(1))) }

        if kernel.ends.contains(where: { $0.before + $0.after > 0 }) {
            value = try builder.append(
                .padding(Padding(input: value, before: kernel.ends.map(\.before) + [0], after: kernel.ends.map(\.after) + [0])))
        }
        let inOrder: TensorTable.Rearrangement = { tensor throws(KerasFileError) in try kernel.inOrder(tensor) }
        let biasInOrder: TensorTable.Rearrangement = { tensor throws(KerasFileError) in try kernel.biasInOrder(tensor) }
        let tensor = try builder.weight(
            "kernel", of: call.layer, shape: kernel.storedShape, rearranged: kernel.isStoredInOrder ? nil : inOrder)
        value = try builder.append(
            .localConvolution(
                LocalConvolution(input: value, kernel: tensor, window: try call[keys.size], strides: try call[keys.strides])))
        if try call[ConvolutionLayers.useBias] {
            let bias = try builder.weight(
                "bias", of: call.layer, shape: kernel.positions + [filters], rearranged: order == .first ? biasInOrder : nil)
            let constant = try builder.append(.constant(Constant(tensor: bias)))
            value = try builder.append(.arithmetic(Arithmetic(.add, value, constant)))
        }
        return try builder.apply(try call[ConvolutionLayers.activation], to: try builder.channels(value, to: order))
    }
}

/// Where the weights of a locally connected layer stand in each of the forms that Keras 2 has for them.
struct LocalKernel {
    enum Form: Sendable {
        /// `[positions, taps * channels, filters]`
        case patches
        /// A matrix from the whole image to the whole result, of which most elements do not count.
        case masked
        /// Those elements of that matrix that count, in a row.
        case sparse
    }

    let form: Form
    let isChannelsFirst: Bool
    let image: [Int]
    let channels: Int
    let window: [Int]
    let strides: [Int]
    let filters: Int
    /// Along each spatial axis.
    let positions: [Int]
    let ends: [Ends]

    /// nil when the window does not fit.
    init?(
        form: Form, isChannelsFirst: Bool, image: [Int], channels: Int, window: [Int], strides: [Int], isSame: Bool, filters: Int
    ) {
        (self.form, self.isChannelsFirst, self.image, self.channels) = (form, isChannelsFirst, image, channels)
        (self.window, self.strides, self.filters) = (window, strides, filters)
        var (positions, ends): ([Int], [Ends]) = ([], [])
        for (axis, size) in image.enumerated() {
            guard isSame || size >= window[axis], size > 0 else { return nil }
            let count = isSame ? (size - 1) / strides[axis] + 1 : (size - window[axis]) / strides[axis] + 1
            // Unlike those of other layers, a window of an even size begins before its middle.
            let before = isSame ? window[axis] / 2 : 0
            positions.append(count)
            ends.append(Ends(before: before, after: isSame ? max((count - 1) * strides[axis] + window[axis] - size - before, 0) : 0))
        }
        (self.positions, self.ends) = (positions, ends)
    }

    private var positionCount: Int { positions.reduce(1, *) }
    private var taps: Int { window.reduce(1, *) }
    private var imageCount: Int { image.reduce(1, *) }

    var isStoredInOrder: Bool { form == .patches && !isChannelsFirst }

    var storedShape: [Int] {
        switch form {
        case .patches: [positionCount, taps * channels, filters]
        case .masked where isChannelsFirst: [channels] + image + [filters] + positions
        case .masked: image + [channels] + positions + [filters]
        case .sparse: [connections.reduce(0) { $0 + $1.count } * channels * filters]
        }
    }

    /// For each position the places in the image that its taps lie on, and which tap each is.
    private var connections: [[(tap: Int, place: Int)]] {
        (0..<positionCount).map { position in
            (0..<taps).compactMap { tap in
                var (place, stride, p, t) = (0, 1, position, tap)
                for axis in image.indices.reversed() {
                    let at = p % positions[axis] * strides[axis] + t % window[axis] - ends[axis].before
                    guard (0..<image[axis]).contains(at) else { return nil }
                    place += at * stride
                    stride *= image[axis]
                    p /= positions[axis]
                    t /= window[axis]
                }
                return (tap, place)
            }
        }
    }

    /// The stored tensor as `[positions, taps * channels, filters]`. Taps outside the image have any weight.
    func inOrder(_ tensor: Tensor) throws(KerasFileError) -> Tensor {
        var places = Array(repeating: 0, count: positionCount * taps * channels * filters)
        let connections = connections
        let all = connections.reduce(0) { $0 + $1.count }
        var before = 0
        for (position, connected) in connections.enumerated() {
            for (number, connection) in connected.enumerated() {
                for channel in 0..<channels {
                    for filter in 0..<filters {
                        let place: Int
                        switch (form, isChannelsFirst) {
                        case (.patches, _): place = (position * channels * taps + channel * taps + connection.tap) * filters + filter
                        case (.masked, false): place = ((connection.place * channels + channel) * positionCount + position) * filters + filter
                        case (.masked, true): place = ((channel * imageCount + connection.place) * filters + filter) * positionCount + position
                        case (.sparse, false):
                            place = (before * filters + filter * connected.count + number) * channels + channel
                        case (.sparse, true):
                            place = (filter * all + before) * channels + channel * connected.count + number
                        }
                        places[((position * taps + connection.tap) * channels + channel) * filters + filter] = place
                    }
                }
            }
            before += connected.count
        }
        return try tensor.gathered([positionCount, taps * channels, filters]) { [places] in places[$0] }
    }

    /// With channels first Keras takes the elements of the bias in the order of the result.
    func biasInOrder(_ tensor: Tensor) throws(KerasFileError) -> Tensor {
        let (count, filters) = (positionCount, filters)
        return try tensor.gathered { $0 % filters * count + $0 / filters }
    }
}

extension KeyType {
    /// One of these whole numbers.
    fileprivate static func numbered(_ meanings: KeyValuePairs<Int, Value>) -> KeyType where Value: Sendable {
        let allowed = meanings.map { JSON.integer(Int64($0.key)) }
        let table = meanings.map { (number: $0.key, meaning: $0.value) }
        return KeyType(.choice(allowed)) { value, place throws(Refusal) in
            guard let number = value.intValue else { throw place.refusal(.wrongType(expected: .choice(allowed))) }
            guard let found = table.first(where: { $0.number == number }) else { throw place.refusal(.unsupportedValue(allowed: allowed)) }
            return found.meaning
        }
    }
}
