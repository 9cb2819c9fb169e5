"""Every value of every option that changes the result, one small model each.

A row is (name, shape of one example, layers); inputs are three examples drawn from a normal distribution unless the
row brings its own. `OLD_AND_NEW` rows are written by both dialects, `NEW` rows by Keras 3 only.
"""

import numpy

from definition import Definitions, given, indices, normal
from described import layers as k

DEFINITIONS = Definitions()

NEW = ("keras-3.15.1",)
OLD_AND_NEW = ("keras-3.15.1", "tfkeras-2.15")


rows = DEFINITIONS.rows

# Dense

rows(OLD_AND_NEW, [
    ("dense_rank_3", (4, 3), [k.Dense(5, activation="relu")]),
    ("dense_no_bias", (4,), [k.Dense(5, use_bias=False)]),
    ("dense_without_effect_at_inference", (4,), [
        k.Dense(5, kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer="l2",
                activity_regularizer="l1", kernel_constraint="max_norm", bias_constraint="non_neg"),
        k.ActivityRegularization(l1=0.1, l2=0.2),
        k.GaussianNoise(0.5), k.GaussianDropout(0.3), k.AlphaDropout(0.2), k.Dropout(0.9, seed=3),
    ]),
])
rows(NEW, [
    ("dense_rank_4", (2, 3, 4), [k.Dense(3)]),
    ("dense_activation_layer", (4,), [k.Dense(6, activation=k.LeakyReLU(negative_slope=0.2))]),
    # One name of 4,000 characters makes the list of names too long for an attribute, so that it is stored in parts.
    ("chunked_layer_names", (2,),
     [k.Dense(2, name="d" * 4000)] + [k.Activation("tanh", name="layer_%d" % index) for index in range(16)]),
])
rows(NEW, [
    # TensorFlow's scopes refuse such names; other backends do not.
    ("dense_names", (4,), [k.Dense(3, name="a.b:c d", activation="tanh"), k.Dense(2, name="2-(b)")]),
    # For these the group holds its links in messages, not in a symbol table.
    ("dense_names_beyond_ascii", (4,), [
        k.Dense(3, name="gr\u00f6\u00dfe \u2192 1", activation="tanh"), k.Dense(2, name="\u51fa\u529b"),
    ]),
], backend="jax")

# Convolution

rows(OLD_AND_NEW, [
    ("conv1d_valid", (11, 4), [k.Conv1D(3, 3)]),
    ("conv1d_same_even_kernel", (11, 4), [k.Conv1D(3, 4, padding="same", activation="relu")]),
    ("conv1d_same_strides_2", (11, 4), [k.Conv1D(3, 3, strides=2, padding="same")]),
    ("conv1d_same_strides_2_even_size", (12, 4), [k.Conv1D(3, 3, strides=2, padding="same")]),
    ("conv1d_same_dilation_2", (11, 4), [k.Conv1D(3, 3, dilation_rate=2, padding="same")]),
    ("conv1d_causal", (11, 4), [k.Conv1D(3, 3, padding="causal")]),
    ("conv2d_valid", (7, 8, 3), [k.Conv2D(4, (3, 2))]),
    ("conv2d_same_even_kernel", (7, 8, 3), [k.Conv2D(4, (2, 4), padding="same")]),
    ("conv2d_same_strides_2", (7, 8, 3), [k.Conv2D(4, 3, strides=2, padding="same")]),
    ("conv2d_valid_dilation", (9, 8, 3), [k.Conv2D(4, 3, dilation_rate=(2, 1))]),
    ("conv2d_no_bias", (7, 8, 3), [k.Conv2D(4, 3, use_bias=False, activation="tanh")]),
])
rows(NEW, [
    ("conv1d_valid_strides_3", (12, 4), [k.Conv1D(3, 2, strides=3)]),
    ("conv1d_valid_dilation_3", (12, 4), [k.Conv1D(3, 3, dilation_rate=3)]),
    ("conv1d_same_strides_3", (11, 4), [k.Conv1D(3, 5, strides=3, padding="same")]),
    ("conv1d_same_kernel_1_strides_2", (11, 4), [k.Conv1D(3, 1, strides=2, padding="same")]),
    ("conv1d_causal_strides_2", (11, 4), [k.Conv1D(3, 4, strides=2, padding="causal")]),
    ("conv1d_causal_dilation_3", (11, 4), [k.Conv1D(3, 3, dilation_rate=3, padding="causal")]),
    ("conv1d_groups_2", (11, 4), [k.Conv1D(6, 3, groups=2)]),
    ("conv1d_groups_all", (11, 4), [k.Conv1D(8, 3, groups=4, padding="same")]),
    ("conv1d_no_bias", (11, 4), [k.Conv1D(3, 3, use_bias=False)]),
    ("conv1d_dynamic_steps", (None, 4), [k.Conv1D(3, 2, padding="same"), k.GlobalMaxPooling1D()]),
    ("conv2d_same_strides_2_even_size", (8, 6, 3), [k.Conv2D(4, 3, strides=2, padding="same")]),
    ("conv2d_same_strides_3_2", (7, 8, 3), [k.Conv2D(4, (4, 5), strides=(3, 2), padding="same")]),
    ("conv2d_valid_strides_1_2", (7, 8, 3), [k.Conv2D(4, (3, 3), strides=(1, 2))]),
    ("conv2d_same_dilation", (7, 8, 3), [k.Conv2D(4, (3, 2), dilation_rate=(2, 3), padding="same")]),
    ("conv2d_groups_2", (7, 8, 4), [k.Conv2D(6, 3, groups=2, strides=2)]),
    ("conv2d_groups_all", (7, 8, 3), [k.Conv2D(6, 2, groups=3, padding="same")]),
    ("conv2d_pointwise", (5, 4, 3), [k.Conv2D(4, 1)]),
])
# TensorFlow does not run these on a CPU (with groups it does, and its numbers are wrong), JAX does.
rows(NEW, [
    ("conv1d_channels_first", (4, 11), [k.Conv1D(3, 3, data_format="channels_first")]),
    ("conv1d_channels_first_same_strides_2", (4, 11),
     [k.Conv1D(3, 4, strides=2, padding="same", data_format="channels_first", activation="relu")]),
    ("conv1d_channels_first_causal", (4, 11),
     [k.Conv1D(3, 3, dilation_rate=2, padding="causal", data_format="channels_first")]),
    ("conv2d_channels_first", (3, 7, 8), [k.Conv2D(4, (3, 2), data_format="channels_first")]),
    ("conv2d_channels_first_same_strides_2", (3, 7, 8),
     [k.Conv2D(4, 3, strides=(2, 3), padding="same", data_format="channels_first")]),
    ("conv2d_channels_first_dilation", (3, 7, 8),
     [k.Conv2D(4, 3, dilation_rate=2, data_format="channels_first", use_bias=False)]),
    ("conv2d_channels_first_groups", (4, 7, 8), [k.Conv2D(6, 3, groups=2, data_format="channels_first")]),
    ("cnn_channels_first", (2, 9, 8), [
        k.Conv2D(4, 3, data_format="channels_first", activation="relu"),
        k.BatchNormalization(axis=1),
        k.MaxPooling2D(2, data_format="channels_first"),
        k.Flatten(data_format="channels_first"),
        k.Dense(3),
    ]),
    ("max_pooling1d_channels_first", (3, 9), [k.MaxPooling1D(2, data_format="channels_first")]),
    ("average_pooling1d_channels_first", (3, 9),
     [k.AveragePooling1D(2, padding="same", data_format="channels_first")]),
    ("max_pooling2d_channels_first", (3, 7, 6),
     [k.MaxPooling2D((3, 2), padding="same", data_format="channels_first")]),
    ("average_pooling2d_channels_first", (3, 7, 6), [k.AveragePooling2D(2, data_format="channels_first")]),
], backend="jax")

rows(OLD_AND_NEW + ("keras-2.3.1",), [
    ("conv2d_transpose", (4, 3, 2), [k.Conv2DTranspose(3, (3, 2), strides=2, padding="same", activation="relu")]),
])

# Pooling

rows(OLD_AND_NEW, [
    ("max_pooling1d_same", (9, 3), [k.MaxPooling1D(2, padding="same")]),
    ("average_pooling1d_same", (9, 3), [k.AveragePooling1D(3, strides=2, padding="same")]),
    ("max_pooling2d_same", (7, 6, 2), [k.MaxPooling2D((3, 2), strides=(2, 2), padding="same")]),
    ("average_pooling2d_same", (7, 6, 2), [k.AveragePooling2D((2, 4), padding="same")]),
    ("global_average_pooling2d_keepdims", (4, 3, 2), [k.GlobalAveragePooling2D(keepdims=True)]),
])
rows(NEW, [
    ("max_pooling1d_valid_strides_1", (8, 3), [k.MaxPooling1D(3, strides=1)]),
    ("average_pooling1d_valid", (9, 3), [k.AveragePooling1D(2)]),
    ("average_pooling1d_same_strides_1", (8, 3), [k.AveragePooling1D(4, strides=1, padding="same")]),
    ("max_pooling2d_valid_strides_3", (8, 7, 2), [k.MaxPooling2D(2, strides=3)]),
    ("average_pooling2d_valid_overlapping", (7, 6, 2), [k.AveragePooling2D(3, strides=(1, 2))]),
    ("global_max_pooling1d", (5, 3), [k.GlobalMaxPooling1D()]),
    ("global_max_pooling1d_channels_first_keepdims", (3, 5),
     [k.GlobalMaxPooling1D(data_format="channels_first", keepdims=True)]),
    ("global_average_pooling1d_channels_first", (3, 5), [k.GlobalAveragePooling1D(data_format="channels_first")]),
    ("global_average_pooling1d_keepdims", (5, 3), [k.GlobalAveragePooling1D(keepdims=True)]),
    ("global_max_pooling2d", (4, 3, 2), [k.GlobalMaxPooling2D()]),
    ("global_max_pooling2d_keepdims", (4, 3, 2), [k.GlobalMaxPooling2D(keepdims=True)]),
    ("global_average_pooling2d_channels_first", (3, 4, 5), [k.GlobalAveragePooling2D(data_format="channels_first")]),
])

# Shape

rows(OLD_AND_NEW, [
    ("zero_padding2d_channels_first", (2, 3, 4), [k.ZeroPadding2D(((1, 0), (2, 1)), data_format="channels_first")]),
    ("cropping2d_channels_first", (2, 5, 6), [k.Cropping2D(((1, 0), (2, 1)), data_format="channels_first")]),
    ("flatten_channels_first", (2, 3, 4), [k.Flatten(data_format="channels_first")]),
    ("reshape_unknown_first", (4, 6), [k.Reshape((-1, 3, 2)), k.Permute((3, 1, 2))]),
])
rows(NEW, [
    ("zero_padding1d_number", (4, 2), [k.ZeroPadding1D(2)]),
    ("zero_padding2d_numbers", (3, 4, 2), [k.ZeroPadding2D((1, 2)), k.ZeroPadding2D(1)]),
    ("cropping1d_number", (7, 2), [k.Cropping1D(2)]),
    ("cropping2d_numbers", (6, 7, 2), [k.Cropping2D((1, 2)), k.Cropping2D(1)]),
    ("reshape_unknown_middle", (4, 6), [k.Reshape((2, -1, 4))]),
    ("reshape_unknown_steps", (None, 6), [k.Reshape((-1, 2)), k.GlobalMaxPooling1D()]),
    ("permute_rank_5", (2, 3, 4, 2), [k.Permute((4, 2, 1, 3))]),
    ("repeat_vector", (4,), [k.RepeatVector(3)]),
    ("flatten_rank_2", (4,), [k.Flatten(), k.Dense(2)]),
    ("spatial_dropout", (4, 3, 2), [k.SpatialDropout2D(0.4), k.Reshape((12, 2)), k.SpatialDropout1D(0.3)]),
])

# Images

rows(("keras-2.3.1",), [
    ("up_sampling2d_bilinear", (3, 4, 2), [k.UpSampling2D((2, 3), interpolation="bilinear")]),
])
rows(OLD_AND_NEW, [
    ("resizing", (5, 7, 2), [k.Resizing(6, 4), k.UpSampling2D((2, 3), interpolation="bilinear"), k.CenterCrop(7, 8)]),
])

# Normalisation

SAMPLES = numpy.random.RandomState(11).normal(3, 2, (40, 4)).astype("float32")
ROWS = numpy.random.RandomState(12).normal(-1, 3, (40, 3, 4)).astype("float32")

rows(OLD_AND_NEW, [
    ("batch_normalization_axis_1", (3, 4, 5), [k.BatchNormalization(axis=1)]),
    ("batch_normalization_no_center_no_scale", (4,), [k.BatchNormalization(center=False, scale=False)]),
    ("layer_normalization", (4, 5), [k.LayerNormalization()]),
    ("layer_normalization_axes", (3, 4, 5), [k.LayerNormalization(axis=[1, 2])]),
    ("normalization_adapted", (4,), [k.Normalization(adapt_to=SAMPLES)]),
    ("normalization_given", (4,), [k.Normalization(mean=[1.0, -2.0, 0.5, 0.0], variance=[0.25, 4.0, 1.0, 0.0])]),
    ("normalization_no_axis", (3, 4), [k.Normalization(axis=None, adapt_to=ROWS)]),
    ("normalization_invert", (4,), [k.Normalization(invert=True, adapt_to=SAMPLES)]),
    ("rescaling", (4, 3), [k.Rescaling(1 / 127.5, offset=-1.0)]),
])
rows(NEW, [
    ("batch_normalization_axis_2_of_3", (4, 5, 2), [k.BatchNormalization(axis=2, epsilon=0.1)]),
    ("batch_normalization_rank_3", (4, 5), [k.BatchNormalization(axis=1)]),
    ("layer_normalization_axis_1", (4, 5), [k.LayerNormalization(axis=1, epsilon=0.01)]),
    ("layer_normalization_no_center", (4, 5), [k.LayerNormalization(center=False)]),
    ("layer_normalization_no_scale", (4, 5), [k.LayerNormalization(scale=False)]),
    ("layer_normalization_rms", (4, 5), [k.LayerNormalization(rms_scaling=True)]),
    ("normalization_axis_1", (3, 4), [k.Normalization(axis=1, adapt_to=ROWS)]),
    ("normalization_axes", (3, 4), [k.Normalization(axis=(1, 2), adapt_to=ROWS)]),
    ("normalization_given_numbers", (3, 4), [k.Normalization(axis=None, mean=2.0, variance=9.0)]),
])

# Recurrence. A step that is all zeros (or all -1, where the row says so) is masked.


def masked(value, batch=4):
    def inputs(_, seed):
        steps = numpy.random.RandomState(seed).normal(0, 1, (batch, 6, 3)).astype("float32")
        steps[0, 4:] = value
        steps[1, 1:3] = value
        steps[2, :2] = value
        steps[2, 5] = value
        return steps
    return {"inputs": inputs}


ZEROS = masked(0)
FIXED_BATCH = {"batch": 3, "stateful": True}

rows(OLD_AND_NEW, [
    ("masking_lstm", (6, 3), [k.Masking(), k.LSTM(4)], ZEROS),
    ("masking_lstm_sequences", (6, 3), [k.Masking(-1.0), k.LSTM(4, return_sequences=True)], masked(-1)),
    ("masking_gru", (6, 3), [k.Masking(), k.GRU(4, reset_after=True)], ZEROS),
    ("masking_simple_rnn_sequences", (6, 3), [k.Masking(), k.SimpleRNN(4, return_sequences=True)], ZEROS),
    ("lstm_stateful", (4, 3), [k.LSTM(4, stateful=True)], FIXED_BATCH),
    ("gru_stateful", (4, 3), [k.GRU(4, stateful=True, return_sequences=True)], FIXED_BATCH),
    ("lstm_unroll", (4, 3), [k.LSTM(4, unroll=True, dropout=0.2, recurrent_dropout=0.3)]),
    ("lstm_go_backwards_sequences", (5, 3), [k.LSTM(4, go_backwards=True, return_sequences=True)]),
])
rows(NEW, [
    ("masking_lstm_stacked", (6, 3), [k.Masking(), k.LSTM(4, return_sequences=True), k.LSTM(3)], ZEROS),
    ("masking_lstm_zero_output", (6, 3),
     [k.Masking(), k.LSTM(4, return_sequences=True, zero_output_for_mask=True)], ZEROS),
    ("masking_lstm_go_backwards", (6, 3), [k.Masking(), k.LSTM(4, go_backwards=True)], ZEROS),
    ("masking_lstm_go_backwards_sequences", (6, 3),
     [k.Masking(), k.LSTM(4, go_backwards=True, return_sequences=True)], ZEROS),
    ("masking_lstm_unroll", (6, 3), [k.Masking(), k.LSTM(4, unroll=True, return_sequences=True)], ZEROS),
    ("masking_gru_sequences", (6, 3), [k.Masking(), k.GRU(4, return_sequences=True)], ZEROS),
    ("masking_gru_reset_before", (6, 3), [k.Masking(), k.GRU(4, reset_after=False)], ZEROS),
    ("masking_gru_zero_output", (6, 3),
     [k.Masking(), k.GRU(4, return_sequences=True, zero_output_for_mask=True)], ZEROS),
    ("masking_gru_go_backwards", (6, 3), [k.Masking(), k.GRU(4, go_backwards=True)], ZEROS),
    ("masking_simple_rnn", (6, 3), [k.Masking(), k.SimpleRNN(4)], ZEROS),
    ("masking_output", (6, 3), [k.Masking(-1.0)], masked(-1)),
    ("masking_through_layers", (6, 3), [
        k.Masking(), k.Dense(4), k.Dropout(0.5), k.Activation("tanh"), k.LayerNormalization(),
        k.BatchNormalization(), k.LSTM(3),
    ], ZEROS),
    ("masking_lost_in_conv", (6, 3), [k.Masking(), k.Conv1D(3, 3, padding="same"), k.LSTM(3)], ZEROS),
    ("masking_time_distributed", (6, 3), [k.Masking(), k.TimeDistributed(k.Dense(4)), k.LSTM(3)], ZEROS),
    ("lstm_no_bias", (5, 3), [k.LSTM(4, use_bias=False)]),
    ("lstm_activations", (5, 3), [k.LSTM(4, activation="relu", recurrent_activation="tanh", unit_forget_bias=False)]),
    ("lstm_silu", (5, 3), [k.LSTM(4, activation="silu", recurrent_activation="hard_sigmoid")]),
    ("gru_no_bias", (5, 3), [k.GRU(4, use_bias=False)]),
    ("gru_reset_before_no_bias", (5, 3), [k.GRU(4, use_bias=False, reset_after=False)]),
    ("gru_activations", (5, 3), [k.GRU(4, activation="softsign", recurrent_activation="softplus")]),
    ("gru_unroll_go_backwards", (5, 3), [k.GRU(4, unroll=True, go_backwards=True, return_sequences=True)]),
    ("simple_rnn_no_bias", (5, 3), [k.SimpleRNN(4, use_bias=False, activation="sigmoid")]),
    ("simple_rnn_stateful", (4, 3), [k.SimpleRNN(4, stateful=True)], FIXED_BATCH),
    ("simple_rnn_unroll", (4, 3), [k.SimpleRNN(4, unroll=True)]),
    ("lstm_one_step", (1, 3), [k.LSTM(4)]),
])

# Embedding

TOKENS = {"dtype": "int32", "inputs": indices(7, 3, 6)}
PADDED_TOKENS = {"dtype": "int32", "inputs": given(numpy.array(
    [[3, 1, 0, 0, 0, 0], [4, 0, 6, 0, 2, 0], [0, 0, 5, 5, 1, 2], [1, 2, 3, 4, 5, 6]], "int32"))}

rows(OLD_AND_NEW, [
    ("embedding_flatten", (6,), [k.Embedding(7, 3), k.Flatten(), k.Dense(2)], TOKENS),
    ("embedding_mask_global_average", (6,), [k.Embedding(7, 3, mask_zero=True), k.GlobalAveragePooling1D()],
     PADDED_TOKENS),
])
rows(NEW, [
    ("embedding_gru", (6,), [k.Embedding(7, 3), k.GRU(3)], TOKENS),
    ("embedding_float_tokens", (6,), [k.Embedding(7, 3)],
     {"inputs": given(numpy.array([[0, 1, 2, 3, 4, 5], [6, 5, 4, 3, 2, 1]], "float32"))}),
    ("embedding_mask_flatten", (6,), [k.Embedding(7, 3, mask_zero=True), k.Flatten(), k.Dense(2)], PADDED_TOKENS),
    ("embedding_mask_global_max", (6,), [k.Embedding(7, 3, mask_zero=True), k.GlobalMaxPooling1D()], PADDED_TOKENS),
    ("embedding_mask_spatial_dropout", (6,),
     [k.Embedding(7, 3, mask_zero=True), k.SpatialDropout1D(0.2), k.LSTM(3)], PADDED_TOKENS),
])

# Wrappers

rows(OLD_AND_NEW, [
    ("bidirectional_mul", (5, 3), [k.Bidirectional(k.LSTM(3, return_sequences=True), merge_mode="mul")]),
    ("bidirectional_ave", (5, 3), [k.Bidirectional(k.GRU(3), merge_mode="ave")]),
    ("bidirectional_backward_layer", (5, 3), [
        k.Bidirectional(k.LSTM(3, return_sequences=True),
                        backward_layer=k.LSTM(2, return_sequences=True, go_backwards=True, activation="relu")),
    ]),
    ("time_distributed_conv2d", (3, 5, 4, 2), [k.TimeDistributed(k.Conv2D(3, 2, activation="relu"))]),
    ("time_distributed_sequential", (3, 5), [
        k.TimeDistributed(k.Sequential([k.Dense(4, activation="tanh"), k.Dense(2)], shape=(5,))),
    ]),
])
rows(NEW, [
    ("bidirectional_concat_sequences", (5, 3), [k.Bidirectional(k.LSTM(3, return_sequences=True))]),
    ("bidirectional_sum_last", (5, 3), [k.Bidirectional(k.LSTM(3), merge_mode="sum")]),
    ("bidirectional_simple_rnn", (5, 3), [k.Bidirectional(k.SimpleRNN(3, return_sequences=True))]),
    ("bidirectional_masked_sequences", (6, 3),
     [k.Masking(), k.Bidirectional(k.GRU(3, return_sequences=True), merge_mode="sum")], ZEROS),
    ("bidirectional_masked_last", (6, 3), [k.Masking(), k.Bidirectional(k.LSTM(3), merge_mode="mul")], ZEROS),
    ("time_distributed_max_pooling2d", (3, 5, 4, 2), [k.TimeDistributed(k.MaxPooling2D(2))]),
    ("time_distributed_dense_rank_4", (3, 2, 4), [k.TimeDistributed(k.Dense(3, activation="relu"))]),
    ("time_distributed_batch_normalization", (3, 4), [k.TimeDistributed(k.BatchNormalization())]),
    ("time_distributed_lstm", (3, 4, 2), [k.TimeDistributed(k.LSTM(3))]),
    ("time_distributed_dynamic_steps", (None, 4), [k.TimeDistributed(k.Dense(3)), k.GlobalMaxPooling1D()]),
])

# Depthwise and separable convolution, three spatial axes, up-sampling

rows(OLD_AND_NEW, [
    ("depthwise_conv1d", (9, 4), [k.DepthwiseConv1D(3, depth_multiplier=2, strides=2, padding="same", activation="tanh")]),
    ("depthwise_conv2d", (7, 8, 3), [k.DepthwiseConv2D((3, 2), depth_multiplier=2, padding="same")]),
    ("depthwise_conv2d_strides_2", (7, 8, 3), [k.DepthwiseConv2D(3, strides=2, use_bias=False)]),
    ("depthwise_conv2d_one_channel", (7, 8, 1), [k.DepthwiseConv2D(3, depth_multiplier=3)]),
    ("separable_conv1d", (9, 4), [k.SeparableConv1D(5, 3, depth_multiplier=2, activation="relu")]),
    ("separable_conv2d", (7, 8, 3), [k.SeparableConv2D(5, (2, 3), padding="same", depth_multiplier=2, activation="softmax")]),
    ("conv3d_same_strides", (5, 6, 4, 2), [k.Conv3D(3, (2, 3, 1), strides=(2, 1, 1), padding="same", activation="relu")]),
    ("max_pooling3d_same", (5, 6, 7, 2), [k.MaxPooling3D((2, 3, 2), padding="same")]),
    ("average_pooling3d_same", (5, 6, 7, 2), [k.AveragePooling3D((2, 3, 2), strides=1, padding="same")]),
    ("global_average_pooling3d", (3, 4, 2, 2), [k.GlobalAveragePooling3D()]),
    ("zero_padding3d", (3, 4, 2, 2), [k.ZeroPadding3D(((1, 0), (2, 1), (0, 3)))]),
    ("cropping3d", (5, 6, 7, 2), [k.Cropping3D(((1, 0), (2, 1), (0, 3)))]),
    ("up_sampling1d", (4, 2), [k.UpSampling1D(3)]),
    ("up_sampling2d", (3, 4, 2), [k.UpSampling2D((2, 3))]),
    ("up_sampling3d", (2, 3, 2, 2), [k.UpSampling3D((2, 1, 3))]),
])
rows(NEW, [
    ("depthwise_conv1d_dilation", (9, 4), [k.DepthwiseConv1D(3, dilation_rate=2)]),
    ("conv3d_dilation", (7, 6, 8, 2), [k.Conv3D(3, 2, dilation_rate=(2, 1, 3))]),
    ("global_max_pooling3d_keepdims", (3, 4, 2, 2), [k.GlobalMaxPooling3D(keepdims=True)]),
])

# Normalisation by the sample's own statistics, numbers per channel

rows(OLD_AND_NEW, [
    ("group_normalization", (3, 4, 6), [k.GroupNormalization(3)]),
    ("group_normalization_axis_1", (6, 4, 3), [k.GroupNormalization(2, axis=1, center=False)]),
    ("unit_normalization", (3, 4), [k.UnitNormalization()]),
    ("unit_normalization_axes", (3, 4), [k.UnitNormalization(axis=[1, 2])]),
    ("rescaling_per_channel", (3, 4), [k.Rescaling([1.0, 2.0, 3.0, 4.0], offset=[0.5, 0.0, 0.0, 1.0])]),
])
rows(NEW, [
    ("group_normalization_of_channels", (3, 4, 6), [k.GroupNormalization(-1, scale=False)]),
    ("unit_normalization_axis_1", (3, 4), [k.UnitNormalization(axis=1)]),
    ("rms_normalization", (3, 4), [k.RMSNormalization()]),
    ("rms_normalization_axes", (3, 4), [k.RMSNormalization(axis=[-2, -1], epsilon=0.1)]),
    ("normalization_repeated", (3, 4),
     [k.Normalization(axis=(1, 2), mean=[1.0, 2.0, 3.0, 4.0], variance=[1.0, 4.0, 2.0, 2.0])]),
])

# Where a mask goes on. Identity, Normalization and Rescaling let it through in Keras 3 only.

rows(OLD_AND_NEW, [
    ("masking_identity", (6, 3), [k.Masking(), k.Identity(), k.GRU(2)], ZEROS),
    ("masking_rescaling", (6, 3), [k.Masking(), k.Rescaling(2.0, 1.0), k.GRU(2)], ZEROS),
    ("masking_normalization", (6, 3),
     [k.Masking(), k.Normalization(mean=[1.0, 2.0, 3.0], variance=[1.0, 2.0, 3.0]), k.GRU(2)], ZEROS),
    ("masking_prelu", (6, 3), [k.Masking(), k.PReLU(), k.GRU(2)], ZEROS),
    ("masking_lost_in_permute", (6, 3), [k.Masking(), k.Permute((1, 2)), k.GRU(2)], ZEROS),
    ("masking_average_keepdims", (6, 3), [k.Masking(), k.GlobalAveragePooling1D(keepdims=True)], ZEROS),
])

# Integers that are computed with

rows(OLD_AND_NEW, [
    ("integers_dense", (4,), [k.Dense(3)], {"dtype": "int32", "inputs": indices(9, 3, 4)}),
    ("integers_flatten_rescaling", (4, 2), [k.Flatten(), k.Rescaling(0.1), k.Dense(3)],
     {"dtype": "int32", "inputs": indices(9, 3, 4, 2)}),
])

# Models in models, and models whose file does not state an input

rows(OLD_AND_NEW, [
    ("nested_without_input", (4,), [k.Sequential([k.Dense(3, activation="relu"), k.BatchNormalization()]), k.Dense(2)]),
])
rows(NEW, [
    ("nested_recurrent", (5, 3), [
        k.Sequential([k.Bidirectional(k.LSTM(2, return_sequences=True)), k.LayerNormalization()], shape=(5, 3)),
        k.GRU(3),
    ]),
    ("nested_masked", (6, 3), [k.Masking(), k.Sequential([k.Dense(4), k.LSTM(3)], shape=(6, 3))], ZEROS),
])
DEFINITIONS.add("built_by_first_input", lambda _: k.Sequential([k.Dense(3, activation="relu"), k.Dense(2)]),
                normal(3, 4), writers=lambda dialect: dialect.writer in OLD_AND_NEW)


# Layers that run on NVIDIA's hardware alone. Keras takes their weights over into the layers that run everywhere.

def recurrent(k, lstm, gru, **gates):
    return k.Sequential([
        k.Bidirectional(lstm(3, return_sequences=True, **gates), name="both"),
        gru(2, name="last", **(dict(gates, reset_after=True) if gates else {})),
    ], shape=(5, 4))


DEFINITIONS.add("cudnn", lambda k: recurrent(k, k.CuDNNLSTM, k.CuDNNGRU), normal(3, 5, 4),
                writers=lambda k: k.writer == "keras-2.2.4",
                twin=lambda k: recurrent(k, k.LSTM, k.GRU, recurrent_activation="sigmoid"))

# Layers that many models are made of in few places: recorded option by option in the families of cases.

rows(OLD_AND_NEW, [
    ("conv_lstm2d", (3, 4, 5, 2), [k.ConvLSTM2D(3, 2, padding="same", return_sequences=True), k.ConvLSTM2D(2, (1, 2))]),
    ("einsum_dense", (3, 4), [k.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de", activation="tanh")]),
    ("spectral_normalization", (5, 4, 2), [k.SpectralNormalization(k.Conv2D(3, 2)), k.Flatten(), k.SpectralNormalization(k.Dense(2))]),
    ("rnn_of_cells", (5, 3), [k.RNN([k.LSTMCell(3), k.GRUCell(2)], return_sequences=True), k.RNN(k.SimpleRNNCell(2))]),
])
rows(NEW, [
    ("einsum_dense_groups", (3, 4), [k.EinsumDense("abc,bcd->abd", (3, 5), bias_axes="bd")]),
])
rows(("tfkeras-2.15",), [
    ("locally_connected", (4, 5, 2), [
        k.LocallyConnected2D(3, 2, activation="relu"), k.Reshape((12, 3)), k.LocallyConnected1D(2, 3, padding="same", implementation=3),
        k.Flatten(), k.Dense(2),
    ]),
])
