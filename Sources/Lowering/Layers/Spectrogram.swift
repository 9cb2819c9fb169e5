import KerasFiles
import NNInference

/// STFTSpectrogram: each channel of a signal in frames, and of each frame its frequencies. Its kernels are in the file, with the
/// window and the scaling in them.
enum SpectrogramLayers {
    static let definitions = [definition]

    private enum Mode { case logarithm, magnitude, density, real, imaginary, both }

    private static let mode = ConfigKey<Mode>(
        "mode",
        .oneOf(["log": .logarithm, "magnitude": .magnitude, "psd": .density, "real": .real, "imag": .imaginary, "stft": .both]), default: "log")
    private static let frame = ConfigKey<Int>("frame_length", .integer(from: 1), default: 256)
    private static let step = ConfigKey<Int?>("frame_step", .optional(.integer(from: 1)), default: .null)
    private static let length = ConfigKey<Int?>("fft_length", .optional(.integer(from: 1)), default: .null)
    private static let padding = ConfigKey<WindowPadding>("padding", .oneOf(["valid": .valid, "same": .same]), default: "valid")
    private static let expands = ConfigKey<Bool>("expand_dims", .boolean, default: false)
    /// Keras' `backend.epsilon()`, below which no power and no magnitude goes.
    private static let smallest: Float = 1e-7

    private static let definition = LayerDefinition(
        "STFTSpectrogram",
        keys: .commonWithActivityRegularizer + [
            .used(mode), .used(frame), .used(step), .used(length), .used(padding), .used(expands), .used(ChannelOrder.key),
        ] + .withoutEffect("window", "periodic", "scaling"),
        mask: .drops,
        rules: [
            LayerRule(step.name, frame.name, is: .notAboveSecond) { layer throws(Refusal) in
                // Half a frame, unless it is told.
                let frame = try layer[frame]
                guard (1...frame).contains(try layer[step] ?? frame / 2) else {
                    throw Refusal(layer, key: step.name, .conflict(withKey: Self.frame.name))
                }
            },
            LayerRule(frame.name, length.name, is: .notAboveSecond) { layer throws(Refusal) in
                guard try layer[frame] <= layer[length] ?? .max else { throw Refusal(layer, key: length.name, .conflict(withKey: frame.name)) }
            },
        ]
    ) { call, builder throws(Refusal) in
        try builder.require(rank: 3, of: call.input.value)
        let mode = try call[mode]
        let signal = try Signal(call, &builder)
        let real = mode == .imaginary ? nil : try signal.product(with: "real_kernel", &builder)
        let imaginary = mode == .real ? nil : try signal.product(with: "imag_kernel", &builder)
        let parts = [real, imaginary].compactMap { $0 }
        switch mode {
        case .real, .imaginary: return try signal.arranged(parts[0], &builder)
        case .both: return try signal.arranged(try builder.append(.concatenation(Concatenation(parts, axis: 3))), &builder)
        case .density: return try signal.arranged(try twoSided(try power(parts, &builder), &builder), &builder)
        case .magnitude, .logarithm:
            var value = try power(parts, &builder)
            value = try builder.append(.activation(Elementwise(input: value, activation: .squareRoot(from: smallest))))
            if mode == .logarithm { value = try builder.append(.activation(Elementwise(input: value, activation: .logarithm(from: smallest)))) }
            return try signal.arranged(value, &builder)
        }
    }

    private static func power(_ parts: [ValueID], _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        var squares: [ValueID] = []
        for part in parts { squares.append(try builder.append(.arithmetic(Arithmetic(.multiply, part, part)))) }
        return try builder.append(.arithmetic(Arithmetic(.add, squares[0], squares[1])))
    }

    /// The frequencies between the first and the last stand for their negatives, too.
    private static func twoSided(_ power: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let ends = [0, 0, 1]
        let inner = try builder.append(.cropping(Cropping(input: power, before: ends, after: ends)))
        let padded = try builder.append(.padding(Padding(input: inner, value: 0, before: ends, after: ends)))
        return try builder.append(.arithmetic(Arithmetic(.add, power, padded)))
    }

    /// Channels of samples on their way through the layer: `[batch, channels, samples, 1]`, and `[batch, channels, frames, frequencies]` after it.
    private struct Signal {
        private let layer: KerasLayer
        private let order: ChannelOrder
        private let expands: Bool
        private let channels: Int
        private let value: ValueID
        private let frame: Int
        private let step: Int
        private let padding: WindowPadding
        /// The frequencies.
        private let bins: Int

        init(_ call: LayerCall, _ builder: inout ProgramBuilder) throws(Refusal) {
            layer = call.layer
            order = try call[ChannelOrder.key]
            expands = try call[SpectrogramLayers.expands]
            frame = try call[SpectrogramLayers.frame]
            step = try call[SpectrogramLayers.step] ?? frame / 2
            padding = try call[SpectrogramLayers.padding]
            var length = try call[SpectrogramLayers.length] ?? 1
            if try call[SpectrogramLayers.length] == nil { while length < frame { length *= 2 } }
            bins = length / 2 + 1

            var input = try call.input.value
            let axis = order == .last ? 2 : 1
            channels = builder.shape(input)[axis]
            guard channels > 0 else { throw call.refusal(.shape(.unknownDimension(axis: axis))) }
            if order == .last { input = try builder.append(.transposition(Transposition(input: input, order: [2, 1]))) }
            value = try builder.append(.reshape(Reshape(input: input, dimensions: [channels, -1, 1])))
        }

        /// Each frame of each channel times a kernel `[samples, 1, frequencies]`.
        func product(with role: String, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
            let kernel = try builder.take(role, of: layer, shape: [frame, 1, bins])
            guard
                let reshaped = try? Tensor(
                    elementType: kernel.elementType, shape: [1, frame, 1, bins], source: kernel.source, offset: kernel.offset, byteCount: kernel.byteCount)
            else { throw Refusal(layer, .shape(.overflow)) }
            return try builder.append(
                .convolution(
                    Convolution(
                        input: value, kernel: builder.add(constant: reshaped, layout: .panels), padding: padding, strides: [1, step],
                        dilation: [1, 1])))
        }

        /// The axes as the layer gives them out.
        func arranged(_ value: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
            let (merged, overflow) = channels.multipliedReportingOverflow(by: builder.shape(value)[3])
            guard !overflow else { throw Refusal(layer, .shape(.overflow)) }
            switch (order, expands) {
            case (.first, true): return value
            case (.last, true): return try builder.append(.transposition(Transposition(input: value, order: [2, 3, 1])))
            case (.first, false):
                let turned = try builder.append(.transposition(Transposition(input: value, order: [1, 3, 2])))
                return try builder.append(.reshape(Reshape(input: turned, dimensions: [merged, -1])))
            case (.last, false):
                let turned = try builder.append(.transposition(Transposition(input: value, order: [2, 1, 3])))
                return try builder.append(.reshape(Reshape(input: turned, dimensions: [-1, merged])))
            }
        }
    }
}
