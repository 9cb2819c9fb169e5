/// The layers of Keras 3 and what their configurations say, as its files do.
///
/// Facts: recorded from Keras 3.15.1 by `Fixtures/generator/record_keys.py`; a test compares.
enum Keras3Layers {
    /// The keys of a class; nil for one that Keras 3 does not have.
    static func keys(of className: String) -> Set<String>? { table[className] }

    static let table = LayerKeys.table(rows, everyLayer: ["name", "trainable", "dtype", "activity_regularizer"])

    private static let rows: [LayerKeys.Row] = [
        ("Activation", "activation"),
        ("ActivityRegularization", "l1 l2"),
        (
            "AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D "
                + "AdaptiveMaxPooling3D",
            "data_format output_size"
        ),
        ("Add Average Identity Maximum Minimum Multiply Pipeline StackedRNNCells Subtract TimeDistributed", ""),
        ("AdditiveAttention", "dropout seed use_scale"),
        ("AlphaDropout Dropout", "noise_shape rate seed"),
        ("Attention", "dropout score_mode seed use_scale"),
        ("AugMix", "all_ops alpha chain_depth data_format factor interpolation num_chains seed value_range"),
        ("AutoContrast", "data_format value_range"),
        ("AveragePooling1D AveragePooling2D AveragePooling3D MaxPooling1D MaxPooling2D MaxPooling3D", "data_format padding pool_size strides"),
        (
            "BatchNormalization",
            "axis center epsilon momentum moving_mean_initializer moving_variance_initializer renorm renorm_clipping renorm_momentum scale "
                + "synchronized beta* gamma*"
        ),
        ("Bidirectional", "merge_mode"),
        ("CategoryEncoding", "num_tokens output_mode"),
        ("CenterCrop", "data_format height width"),
        ("Concatenate Softmax UnitNormalization", "axis"),
        ("ContrastLimitedAdaptiveHistogramEqualization", "clip_limit data_format tile_grid_size value_range"),
        (
            "Conv1D Conv2D Conv3D",
            "activation data_format dilation_rate filters groups kernel_size lora_alpha lora_rank padding strides use_bias bias* kernel*"
        ),
        (
            "Conv1DTranspose Conv2DTranspose Conv3DTranspose",
            "activation data_format dilation_rate filters kernel_size output_padding padding strides use_bias bias* kernel*"
        ),
        (
            "ConvLSTM1D ConvLSTM2D ConvLSTM3D",
            "activation data_format dilation_rate dropout filters go_backwards kernel_size padding recurrent_activation recurrent_dropout "
                + "return_sequences return_state seed stateful strides unit_forget_bias unroll use_bias zero_output_for_mask bias* kernel* "
                + "recurrent*"
        ),
        ("Cropping1D", "cropping"),
        ("Cropping2D Cropping3D", "cropping data_format"),
        ("CutMix", "data_format factor seed"),
        ("Dense", "activation lora_alpha lora_rank quantization_config units use_bias bias* kernel*"),
        (
            "DepthwiseConv1D DepthwiseConv2D",
            "activation data_format depth_multiplier dilation_rate kernel_size padding strides use_bias bias* depthwise*"
        ),
        ("Discretization", "bin_boundaries epsilon num_bins output_mode sparse"),
        ("Dot", "axes normalize"),
        ("ELU", "alpha"),
        ("EinsumDense", "activation bias_axes equation lora_alpha lora_rank output_shape quantization_config bias* kernel*"),
        ("Embedding", "input_dim lora_alpha lora_rank mask_zero output_dim quantization_config embeddings*"),
        ("Equalization", "bins data_format value_range"),
        ("Flatten", "data_format"),
        (
            "GRU",
            "activation dropout go_backwards recurrent_activation recurrent_dropout reset_after return_sequences return_state seed stateful "
                + "units unroll use_bias zero_output_for_mask bias* kernel* recurrent*"
        ),
        ("GRUCell", "activation dropout recurrent_activation recurrent_dropout reset_after seed units use_bias bias* kernel* recurrent*"),
        ("GaussianDropout SpatialDropout1D", "rate seed"),
        ("GaussianNoise", "seed stddev"),
        (
            "GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D",
            "data_format keepdims"
        ),
        ("GroupNormalization", "axis center epsilon groups scale beta* gamma*"),
        ("GroupQueryAttention", "dropout head_dim num_key_value_heads num_query_heads seed sliding_window use_bias use_gate bias* kernel*"),
        ("HashedCrossing", "num_bins output_mode sparse"),
        ("Hashing", "mask_value num_bins output_mode salt sparse"),
        ("InputLayer", "batch_shape optional ragged sparse"),
        (
            "IntegerLookup",
            "idf_weights invert mask_token max_tokens num_oov_indices oov_method oov_token output_mode pad_to_max_tokens salt sparse "
                + "vocabulary vocabulary_dtype vocabulary_size"
        ),
        (
            "LSTM",
            "activation dropout go_backwards recurrent_activation recurrent_dropout return_sequences return_state seed stateful "
                + "unit_forget_bias units unroll use_bias zero_output_for_mask bias* kernel* recurrent*"
        ),
        ("LSTMCell", "activation dropout recurrent_activation recurrent_dropout seed unit_forget_bias units use_bias bias* kernel* recurrent*"),
        ("Lambda", "arguments function"),
        ("LayerNormalization", "axis center epsilon rms_scaling scale beta* gamma*"),
        ("LeakyReLU", "negative_slope"),
        ("Masking", "mask_value"),
        ("MaxNumBoundingBoxes", "data_format max_number"),
        (
            "MelSpectrogram",
            "fft_length mag_exp max_freq min_freq min_power num_mel_bins power_to_db ref_power sampling_rate sequence_length sequence_stride "
                + "top_db window"
        ),
        ("MixUp", "alpha data_format seed"),
        ("MultiHeadAttention", "attention_axes dropout key_dim num_heads output_shape seed sliding_window use_bias use_gate value_dim bias* kernel*"),
        ("Normalization", "axis invert mean variance"),
        ("PReLU", "shared_axes alpha*"),
        ("Permute", "dims"),
        ("RMSNormalization", "axis epsilon"),
        ("RNN", "go_backwards return_sequences return_state stateful unroll zero_output_for_mask"),
        ("RandAugment", "data_format factor interpolation num_ops seed value_range"),
        (
            "RandomBrightness RandomColorDegeneration RandomContrast RandomHue RandomInvert RandomPosterization RandomSaturation "
                + "RandomSharpness",
            "data_format factor seed value_range"
        ),
        ("RandomColorJitter", "brightness_factor contrast_factor data_format hue_factor saturation_factor seed value_range"),
        ("RandomCrop", "data_format height seed width"),
        ("RandomElasticTransform", "data_format factor fill_mode fill_value interpolation scale seed value_range"),
        ("RandomErasing", "data_format factor fill_value scale seed value_range"),
        ("RandomFlip", "data_format mode seed"),
        ("RandomGaussianBlur", "data_format factor kernel_size seed sigma value_range"),
        ("RandomGrayscale", "data_format factor"),
        ("RandomPerspective", "data_format factor fill_value interpolation scale seed"),
        ("RandomRotation", "data_format factor fill_mode fill_value interpolation seed"),
        ("RandomShear", "data_format fill_mode fill_value interpolation seed x_factor y_factor"),
        ("RandomTranslation RandomZoom", "data_format fill_mode fill_value height_factor interpolation seed width_factor"),
        ("ReLU", "max_value negative_slope threshold"),
        ("RepeatVector", "n"),
        ("Rescaling", "offset scale"),
        ("Reshape", "target_shape"),
        ("Resizing", "antialias crop_to_aspect_ratio data_format fill_mode fill_value height interpolation pad_to_aspect_ratio width"),
        (
            "ReversibleEmbedding",
            "input_dim logit_soft_cap lora_alpha lora_rank mask_zero output_dim quantization_config reverse_dtype tie_weights embeddings*"
        ),
        ("STFTSpectrogram", "data_format expand_dims fft_length frame_length frame_step mode padding periodic scaling window"),
        (
            "SeparableConv1D SeparableConv2D",
            "activation data_format depth_multiplier dilation_rate filters kernel_size padding strides use_bias bias* depthwise* pointwise*"
        ),
        (
            "SimpleRNN",
            "activation dropout go_backwards recurrent_dropout return_sequences return_state stateful units unroll use_bias "
                + "zero_output_for_mask bias* kernel* recurrent*"
        ),
        ("SimpleRNNCell", "activation dropout recurrent_dropout seed units use_bias bias* kernel* recurrent*"),
        ("Solarization", "addition_factor data_format seed threshold_factor value_range"),
        ("SpatialDropout2D SpatialDropout3D", "data_format rate seed"),
        ("SpectralNormalization", "power_iterations"),
        (
            "StringLookup",
            "encoding idf_weights invert mask_token max_tokens num_oov_indices oov_method oov_token output_mode pad_to_max_tokens salt sparse "
                + "vocabulary vocabulary_size"
        ),
        (
            "TextVectorization",
            "encoding idf_weights max_tokens ngrams output_mode output_sequence_length pad_to_max_tokens ragged sparse split standardize "
                + "vocabulary vocabulary_size"
        ),
        ("UpSampling1D", "size"),
        ("UpSampling2D", "data_format interpolation size"),
        ("UpSampling3D", "data_format size"),
        ("ZeroPadding1D ZeroPadding2D ZeroPadding3D", "data_format padding"),
        // Models, which are no layers there.
        ("Sequential Functional", "build_input_shape input_layers output_layers"),
        // Their configurations are code, or name files of it: not recorded.
        ("TFSMLayer JaxLayer FlaxLayer TorchModuleWrapper", ""),
    ]
}
