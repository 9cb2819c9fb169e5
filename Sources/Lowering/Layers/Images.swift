import KerasFiles
import NNInference

/// Resizing, CenterCrop and RandomCrop.
enum ImageLayers {
    static let definitions = [resizing, centerCrop, randomCrop]

    private static let interpolations: KeyValuePairs<String, Resampling.Rule> = [
        "nearest": .nearest, "bilinear": .linear, "bicubic": .roundedCubic, "area": .area, "lanczos3": .lanczos3, "lanczos5": .lanczos5,
        // Of tf.keras.
        "gaussian": .gaussian, "mitchellcubic": .mitchellCubic,
    ]

    /// Keras 2.2 and 2.3 mean another rule by `bilinear`.
    static let upSamplingInterpolation = ConfigKey<Resampling.Rule>(
        "interpolation",
        .oneOf([
            "nearest": .nearest, "bilinear": .linear, "bicubic": .roundedCubic, "area": .area, "lanczos3": .lanczos3, "lanczos5": .lanczos5,
            "gaussian": .gaussian, "mitchellcubic": .mitchellCubic, "keras2>bilinear": .linearFromCorner,
        ]), default: "nearest")

    private static let interpolation = ConfigKey<Resampling.Rule>("interpolation", .oneOf(interpolations), default: "bilinear")
    private static let height = ConfigKey<Int>("height", .integer(from: 1))
    private static let width = ConfigKey<Int>("width", .integer(from: 1))
    private static let crops = ConfigKey<Bool>("crop_to_aspect_ratio", .boolean, default: false)
    private static let pads = ConfigKey<Bool>("pad_to_aspect_ratio", .boolean, default: false)
    private static let fillValue = ConfigKey<Float>("fill_value", .number, default: 0)
    private static let antialias = ConfigKey<Bool>("antialias", .boolean, default: false)

    // MARK: Resizing

    private static let resizing = LayerDefinition(
        "Resizing",
        keys: .commonWithActivityRegularizer + [
            .used(height), .used(width), .used(interpolation), .used(crops), .used(pads), .only("fill_mode", "constant"), .used(fillValue),
            .used(antialias), .used(ChannelOrder.key),
        ],
        mask: .drops, rules: [.notBothTrue(crops, pads)]
    ) { call, builder throws(Refusal) in
        let target = Size(height: try call[height], width: try call[width])
        var image = try Image(call, builder)
        if try call[crops] { try image.crop(toRatioOf: target, &builder) }
        if try call[pads] { try image.pad(toRatioOf: target, with: try call[fillValue], &builder) }
        try image.resize(to: target, try call[interpolation], antialias: try call[antialias], &builder)
        return image.value
    }

    // MARK: CenterCrop

    private static let centerCrop = LayerDefinition(
        "CenterCrop", keys: .commonWithActivityRegularizer + [.used(height), .used(width), .used(ChannelOrder.key)], mask: .drops
    ) { call, builder throws(Refusal) in
        let target = Size(height: try call[height], width: try call[width])
        var image = try Image(call, builder)
        let size = try image.size(builder)
        if size.height >= target.height, size.width >= target.width {
            try image.crop(to: target, &builder)
        } else {
            try image.crop(toRatioOf: target, &builder)
            try image.resize(to: target, .linear, antialias: false, &builder)
        }
        return image.value
    }
}

// MARK: RandomCrop

extension ImageLayers {
    /// At inference it gives the middle of an image, from Keras 3.8 on the image itself.
    private static let randomCrop = LayerDefinition(
        "RandomCrop",
        keys: .commonWithActivityRegularizer + [.used(height), .used(width), .used(ChannelOrder.key)]
            + .withoutEffect("seed", "auto_vectorize"),
        mask: .drops
    ) { call, builder throws(Refusal) in
        guard try call.input.mask == nil else { throw call.refusal(.unsupportedMask) }
        let target = Size(height: try call[height], width: try call[width])
        var image = try Image(call, builder)
        let size = try image.size(builder)
        guard size.height != target.height || size.width != target.width else { return image.value }
        switch builder.writer.randomCrop {
        case .identity: break
        case .resizes:
            try image.crop(toRatioOf: target, &builder)
            try image.resize(to: target, .linear, antialias: false, &builder)
        case .cutsFromMiddle:
            try image.cut(target, fromWhereRatioBegins: &builder)
            try image.resize(to: target, .linear, antialias: false, &builder)
        }
        return image.value
    }
}

private struct Size {
    var height: Int
    var width: Int
}

/// A batch of images on its way through a layer.
private struct Image {
    private(set) var value: ValueID
    private let axes: [Int]

    init(_ call: LayerCall, _ builder: borrowing ProgramBuilder) throws(Refusal) {
        value = try call.input.value
        try builder.require(rank: 4, of: value)
        axes = try call[ChannelOrder.key].spatialAxes(rank: 4)
    }

    func size(_ builder: borrowing ProgramBuilder) throws(Refusal) -> Size {
        let shape = builder.shape(value)
        for axis in axes where shape[axis] == Shape.unknown { throw builder.refusal(.shape(.unknownDimension(axis: axis))) }
        return Size(height: shape[axes[0]], width: shape[axes[1]])
    }

    mutating func resize(to size: Size, _ rule: Resampling.Rule, antialias: Bool, _ builder: inout ProgramBuilder) throws(Refusal) {
        let rule = antialias ? rule.antialiased : rule
        let sizes = [size.height, size.width]
        let changes = zip(axes, sizes).map { (axis: $0, size: $1, isSame: builder.shape(value)[$0] == $1) }
        value = try builder.resample(value, changes, rule, flags: antialias && rule.isKernel ? .antialias : [])
    }

    /// Keeps the middle; of an odd rest the larger part goes at the end.
    mutating func crop(to size: Size, _ builder: inout ProgramBuilder) throws(Refusal) {
        let whole = try self.size(builder)
        let rest = [whole.height - size.height, whole.width - size.width]
        var (before, after) = ([0, 0, 0], [0, 0, 0])
        for (axis, rest) in zip(axes, rest) {
            before[axis - 1] = rest / 2
            after[axis - 1] = rest - rest / 2
        }
        guard rest != [0, 0] else { return }
        value = try builder.append(.cropping(Cropping(input: value, before: before, after: after)))
    }

    /// The largest part of the image in the ratio of `target`.
    mutating func crop(toRatioOf target: Size, _ builder: inout ProgramBuilder) throws(Refusal) {
        let size = try size(builder)
        let ratio = Image.inRatio(of: target, size)
        try crop(
            to: Size(height: max(min(size.height, ratio.height), 1), width: max(min(size.width, ratio.width), 1)), &builder)
    }

    /// As much as `target`, or as there is, from where the largest part in its ratio begins.
    mutating func cut(_ target: Size, fromWhereRatioBegins builder: inout ProgramBuilder) throws(Refusal) {
        let size = try size(builder)
        let ratio = Image.inRatio(of: target, size)
        var (before, after) = ([0, 0, 0], [0, 0, 0])
        for (axis, whole, part, wanted) in [
            (axes[0] - 1, size.height, ratio.height, target.height), (axes[1] - 1, size.width, ratio.width, target.width),
        ] {
            before[axis] = (whole - max(min(whole, part), 1)) / 2
            after[axis] = max(whole - before[axis] - wanted, 0)
        }
        guard before != [0, 0, 0] || after != [0, 0, 0] else { return }
        value = try builder.append(.cropping(Cropping(input: value, before: before, after: after)))
    }

    /// The image in the middle of one in the ratio of `target`. Keras adds as much on either side, so that of an odd difference one
    /// row or column is missing.
    mutating func pad(toRatioOf target: Size, with fill: Float, _ builder: inout ProgramBuilder) throws(Refusal) {
        let size = try size(builder)
        let ratio = Image.inRatio(of: target, size)
        var ends = [0, 0, 0]
        ends[axes[0] - 1] = max(ratio.height - size.height, 0) / 2
        ends[axes[1] - 1] = max(ratio.width - size.width, 0) / 2
        guard ends != [0, 0, 0] else { return }
        value = try builder.append(.padding(Padding(input: value, value: fill, before: ends, after: ends)))
    }

    /// The height that goes with the image's width, and the width that goes with its height, computed as Keras does.
    private static func inRatio(of target: Size, _ size: Size) -> Size {
        Size(
            height: Int(min(Float(size.width) * Float(target.height) / Float(target.width), Float(Int32.max / 2))),
            width: Int(min(Float(size.height) * Float(target.width) / Float(target.height), Float(Int32.max / 2))))
    }
}

extension ProgramBuilder {
    /// Resamples axes one after the other. An image that keeps its size is left alone; otherwise even an axis that keeps its own is
    /// blurred by a kernel that is not 0 at whole distances.
    mutating func resample(
        _ value: ValueID, _ axes: [(axis: Int, size: Int, isSame: Bool)], _ rule: Resampling.Rule, flags: Resampling.Flags
    ) throws(Refusal) -> ValueID {
        guard !axes.allSatisfy(\.isSame) else { return value }
        var value = value
        for (axis, size, isSame) in axes where !isSame || rule.blurs {
            value = try append(.resampling(Resampling(input: value, rule: rule, axis: axis, size: size, flags: flags)))
        }
        return value
    }
}

extension Resampling.Rule {
    fileprivate var blurs: Bool { self == .gaussian || self == .mitchellCubic }

    /// What TensorFlow takes when it is to smooth an image that becomes smaller; it ignores that for two rules.
    fileprivate var antialiased: Resampling.Rule {
        switch self {
        case .linear: .triangle
        case .roundedCubic: .keysCubic
        default: self
        }
    }

    fileprivate var isKernel: Bool { ![.nearest, .linear, .linearFromCorner, .roundedCubic, .area].contains(self) }
}
