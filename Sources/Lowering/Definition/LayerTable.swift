/// Every layer class that can be run, by its Keras 3 name. A new layer is a definition in `Layers/` and its name in one of
/// that folder's lists.
public enum LayerTable {
    /// All definitions, family by family.
    public static let definitions: [LayerDefinition] = [
        ModelLayers.definitions,
        DenseLayer.definitions,
        EinsumDenseLayer.definitions,
        HighwayLayer.definitions,
        ActivationLayers.definitions,
        ConvolutionLayers.definitions,
        DepthwiseConvolutionLayers.definitions,
        TransposedConvolutionLayers.definitions,
        LocallyConnectedLayers.definitions,
        PoolingLayers.definitions,
        GlobalPoolingLayers.definitions,
        ShapeLayers.definitions,
        PadCropLayers.definitions,
        ImageLayers.definitions,
        AutoContrastLayer.definitions,
        IdentityLayers.definitions,
        AugmentationLayers.definitions,
        BatchNormalizationLayer.definitions,
        InputNormalizationLayers.definitions,
        NumericPreprocessingLayers.definitions,
        CategoryLayers.definitions,
        HashingLayer.definitions,
        LookupLayers.definitions,
        TextVectorizationLayer.definitions,
        SpectrogramLayers.definitions,
        EmbeddingLayer.definitions,
        MaskingLayer.definitions,
        RecurrentLayers.definitions,
        RecurrentCellLayers.definitions,
        ConvolutionalRecurrentLayers.definitions,
        BidirectionalLayer.definitions,
        TimeDistributedLayer.definitions,
        SpectralNormalizationLayer.definitions,
        PipelineLayer.definitions,
    ].flatMap { $0 }

    private static let byName: [String: LayerDefinition] = Dictionary(definitions.map { ($0.className, $0) }) { first, _ in first }

    public static subscript(className: String) -> LayerDefinition? { byName[className] }

    /// Classes that hold code, or run code from elsewhere.
    static let classesWithCode: Set<String> = [
        "Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper", "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "KerasLayer",
    ]
}
