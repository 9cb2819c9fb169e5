/// The layers of tf.keras that its files can name, and what their configurations may say.
///
/// Facts: tf_keras 2.21 and TensorFlow 2.4 to 2.15.
enum Keras2Layers {
    /// The keys of a class; nil for one that tf.keras does not have.
    static func keys(of className: String) -> Set<String>? { table[className] }

    private static let table: [String: Set<String>] = {
        var table = LayerKeys.table(rows, everyLayer: ["name", "trainable", "dtype"])
        table["InputLayer"]?.remove("trainable")
        // A model is what its layers are.
        for name in ["Sequential", "Functional"] {
            table[name] = ["name", "build_input_shape", "input_layers", "output_layers"]
        }
        return table
    }()

    private static let dense = "activation use_bias kernel* bias* activity_regularizer "
    private static let convolution = "kernel_size strides padding data_format dilation_rate filters groups " + dense
    private static let depthwise =
        "kernel_size strides padding data_format dilation_rate depth_multiplier depthwise* activation use_bias bias* activity_regularizer "
    private static let cell = "activation use_bias kernel* recurrent* bias* dropout recurrent_dropout "
    private static let recurrent =
        "return_sequences return_state go_backwards stateful unroll zero_output_for_mask activity_regularizer "
    private static let affine = "axis epsilon center scale gamma* beta* "
    private static let lookup =
        "max_tokens num_oov_indices mask_token oov_token vocabulary vocabulary_dtype idf_weights invert output_mode sparse pad_to_max_tokens "
    private static let filling = "fill_mode fill_value interpolation seed "

    private static let rows: [LayerKeys.Row] = [
        ("InputLayer", "batch_input_shape sparse ragged"),
        ("Dense", "units " + dense),
        ("EinsumDense", "equation output_shape bias_axes activation kernel* bias* activity_regularizer"),
        ("Embedding", "input_dim output_dim mask_zero embeddings* activity_regularizer"),
        ("Activation", "activation"),
        ("ActivityRegularization", "l1 l2"),
        ("Lambda", "function function_type module output_shape output_shape_type output_shape_module arguments mask mask_type mask_module"),
        ("Masking", "mask_value"),
        ("Identity Add Subtract Multiply Average Maximum Minimum TimeDistributed StackedRNNCells TFOpLambda SlicingOpLambda", "function"),
        ("Concatenate Softmax UnitNormalization", "axis"),
        ("Dot", "axes normalize"),

        ("Conv1D Conv2D Conv3D", convolution),
        ("Conv1DTranspose Conv2DTranspose Conv3DTranspose", convolution + "output_padding"),
        ("DepthwiseConv1D DepthwiseConv2D", depthwise),
        ("SeparableConv1D SeparableConv2D", "filters pointwise* " + depthwise),
        ("LocallyConnected1D LocallyConnected2D", "kernel_size strides padding data_format filters implementation " + dense),
        ("MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D",
         "pool_size strides padding data_format"),
        ("GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D", "data_format keepdims"),
        ("GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D", "data_format keepdims"),

        ("Flatten", "data_format"),
        ("Reshape", "target_shape"),
        ("Permute", "dims"),
        ("RepeatVector", "n"),
        ("Cropping1D", "cropping"), ("Cropping2D Cropping3D", "cropping data_format"),
        ("ZeroPadding1D", "padding"), ("ZeroPadding2D ZeroPadding3D", "padding data_format"),
        ("UpSampling1D", "size"), ("UpSampling2D", "size data_format interpolation"), ("UpSampling3D", "size data_format"),

        ("SimpleRNNCell", "units " + cell),
        ("LSTMCell", "units recurrent_activation unit_forget_bias " + cell),
        ("GRUCell", "units recurrent_activation reset_after " + cell),
        ("SimpleRNN", "units " + cell + recurrent),
        ("LSTM", "units recurrent_activation unit_forget_bias " + cell + recurrent),
        ("GRU", "units recurrent_activation reset_after " + cell + recurrent),
        ("ConvLSTM1D ConvLSTM2D ConvLSTM3D",
         "filters kernel_size strides padding data_format dilation_rate recurrent_activation unit_forget_bias " + cell + recurrent),
        ("RNN", recurrent),
        ("Bidirectional", "merge_mode"),

        ("BatchNormalization",
         "momentum moving_mean_initializer moving_variance_initializer synchronized fused " + affine),
        ("LayerNormalization", affine),
        ("GroupNormalization", "groups " + affine),
        ("SpectralNormalization", "power_iterations"),
        ("Normalization", "axis mean variance invert"),
        ("Rescaling", "scale offset"),
        ("ReLU", "max_value negative_slope threshold"),
        ("LeakyReLU ELU", "alpha"),
        ("PReLU", "alpha* shared_axes"),

        ("Dropout AlphaDropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout", "rate noise_shape data_format seed"),
        ("GaussianNoise", "stddev seed"),

        ("MultiHeadAttention",
         "num_heads key_dim value_dim dropout use_bias output_shape attention_axes kernel* bias* activity_regularizer"),
        ("Attention", "use_scale score_mode dropout"),
        ("AdditiveAttention", "use_scale dropout"),

        ("Discretization", "bin_boundaries num_bins epsilon output_mode sparse"),
        ("CategoryEncoding", "num_tokens output_mode sparse"),
        ("Hashing", "num_bins mask_value salt output_mode sparse"),
        ("HashedCrossing", "num_bins output_mode sparse"),
        ("IntegerLookup", lookup), ("StringLookup", "encoding " + lookup),
        ("TextVectorization",
         "max_tokens standardize split ngrams output_mode output_sequence_length pad_to_max_tokens vocabulary idf_weights sparse ragged encoding"),
        ("Resizing", "height width interpolation crop_to_aspect_ratio"),
        ("CenterCrop", "height width"),
        ("RandomBrightness", "factor value_range seed"), ("RandomContrast", "factor seed"), ("RandomFlip", "mode seed"),
        ("RandomHeight RandomWidth", "factor interpolation seed"),
        ("RandomRotation", "factor " + filling), ("RandomTranslation RandomZoom", "height_factor width_factor " + filling),
    ]
}
