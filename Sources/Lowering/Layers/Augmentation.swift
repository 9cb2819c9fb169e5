/// Layers that change images in training only.
enum AugmentationLayers {
    static let definitions = [
        definition("RandomBrightness", "factor"), definition("RandomColorDegeneration", "factor"),
        definition("RandomColorJitter", "brightness_factor", "contrast_factor", "saturation_factor", "hue_factor"),
        definition("RandomContrast", "factor"), definition("RandomElasticTransform", "factor", "scale", "interpolation", "fill_mode", "fill_value"),
        definition("RandomErasing", "factor", "scale", "fill_value"), definition("RandomFlip", "mode"),
        definition("RandomGaussianBlur", "factor", "kernel_size", "sigma"), definition("RandomGrayscale", "factor"),
        definition("RandomHue", "factor"), definition("RandomInvert", "factor"),
        definition("RandomPerspective", "factor", "scale", "interpolation", "fill_value"), definition("RandomPosterization", "factor"),
        definition("RandomRotation", "factor", "fill_mode", "fill_value", "interpolation"), definition("RandomSaturation", "factor"),
        definition("RandomSharpness", "factor"), definition("RandomShear", "x_factor", "y_factor", "interpolation", "fill_mode", "fill_value"),
        definition("RandomTranslation", "height_factor", "width_factor", "fill_mode", "fill_value", "interpolation"),
        definition("RandomZoom", "height_factor", "width_factor", "fill_mode", "fill_value", "interpolation"),
        definition("AugMix", "num_chains", "chain_depth", "factor", "alpha", "all_ops", "interpolation"),
        definition("CutMix", "factor"), definition("MixUp", "alpha"), definition("RandAugment", "num_ops", "factor", "interpolation"),
        definition("Solarization", "addition_factor", "threshold_factor"), definition("Equalization", "bins"),
        definition("MaxNumBoundingBoxes", "max_number"),
        // Of tf.keras.
        definition("RandomHeight", "factor", "interpolation"), definition("RandomWidth", "factor", "interpolation"),
    ]

    private static func definition(_ className: String, _ keys: String...) -> LayerDefinition {
        LayerDefinition(
            className,
            keys: .commonWithActivityRegularizer + .withoutEffect("seed", "data_format", "value_range", "auto_vectorize")
                + keys.map { KeyDeclaration.withoutEffect($0) },
            mask: .drops
        ) { call, _ throws(Refusal) in
            // Whether it goes on depends on the release: some give the tensor itself, which has its mask.
            guard try call.input.mask == nil else { throw call.refusal(.unsupportedMask) }
            return try call.input.value
        }
    }
}
