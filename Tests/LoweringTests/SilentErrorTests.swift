import KerasFiles
import Testing

@testable import Lowering

/// What converters have been found to leave out or to mistake without a word. For each of these mistakes there are answers of Keras that we
/// give, and that a converter with the mistake does not give: the same models with the option changed give others, or are refused.
@Suite struct SilentErrorTests {
    /// A mistake, the recorded cases that show it, and what a model looks like to whoever makes it.
    struct Mistake: CustomTestStringConvertible, Sendable {
        var name: String
        /// What the names of the cases begin with, and what else is in them.
        var cases: String
        var containing: [String]
        var writer: String?
        var other: Other

        enum Other {
            case option(String, JSON)
            case writer(String)
        }

        init(_ name: String, in cases: String, _ containing: String..., by writer: String? = nil, takenFor key: String, _ value: JSON) {
            (self.name, self.cases, self.containing, self.writer) = (name, cases, containing, writer)
            other = .option(key, value)
        }

        init(_ name: String, in cases: String, _ containing: String..., by writer: String, asIfBy otherWriter: String) {
            (self.name, self.cases, self.containing, self.writer) = (name, cases, containing, writer)
            other = .writer(otherWriter)
        }

        var testDescription: String { name }
    }

    static let mistakes = [
        // Windows.
        Mistake("the dilation of Conv1D is dropped", in: "conv1d ", "padding=same", "dilation=2", takenFor: "dilation_rate", [1]),
        Mistake("the dilation of Conv2D is dropped", in: "conv2d ", "dilation=2x3", takenFor: "dilation_rate", [1, 1]),
        Mistake("the dilation of DepthwiseConv2D is dropped", in: "depthwise_conv2d ", "dilation=2x2", takenFor: "dilation_rate", [1, 1]),
        Mistake("the dilation of SeparableConv1D is dropped", in: "separable_conv1d ", "dilation=2", takenFor: "dilation_rate", [1]),
        Mistake("the dilation of Conv2DTranspose is dropped", in: "conv2d_transpose dilation", takenFor: "dilation_rate", [1, 1]),
        Mistake("causal padding forgets the dilation", in: "conv1d ", "padding=causal", takenFor: "dilation_rate", [1]),
        Mistake("causal padding is taken for same", in: "conv1d ", "padding=causal", takenFor: "padding", "same"),
        Mistake("same padding of even kernels is taken for that of odd ones", in: "conv1d ", "kernel=4", "padding=same", takenFor: "padding", "causal"),
        Mistake("same padding of Conv2D with even kernels is dropped", in: "conv2d ", "kernel=4x1", "padding=same", takenFor: "padding", "valid"),
        Mistake("same padding with strides is dropped", in: "conv2d ", "strides=2x3", "padding=same", takenFor: "padding", "valid"),
        Mistake("unequal strides are taken for equal ones", in: "conv2d ", "strides=2x3", takenFor: "strides", [2, 2]),
        Mistake("the groups of Conv1D are dropped", in: "conv1d ", "groups=2", takenFor: "groups", 1),
        Mistake("the groups of Conv2D are dropped", in: "conv2d ", "groups=2", takenFor: "groups", 1),
        Mistake("the depth multiplier is dropped", in: "depthwise_conv1d ", "multiplier=3", takenFor: "depth_multiplier", 1),
        Mistake("channels first is taken for channels last by Conv2D", in: "conv2d channels_first", takenFor: "data_format", "channels_last"),
        Mistake("channels first is taken for channels last by pooling", in: "pooling2d channels_first", takenFor: "data_format", "channels_last"),
        Mistake("channels first is taken for channels last by Flatten", in: "flatten", "data_format=channels_first", takenFor: "data_format", "channels_last"),
        Mistake("channels first is taken for channels last by GlobalAveragePooling", in: "global_pooling", "data_format=channels_first", takenFor: "data_format", "channels_last"),
        Mistake("the output padding of Conv1DTranspose is dropped", in: "conv1d_transpose", "output_padding=1", takenFor: "output_padding", nil),
        Mistake("same padding of pooling is dropped", in: "pooling1d ", "kind=Average", "padding=same", takenFor: "padding", "valid"),
        Mistake("the strides of pooling are taken for its size", in: "pooling1d ", "strides=1", takenFor: "strides", nil),
        Mistake("keepdims is dropped", in: "global_pooling", "keepdims=True", takenFor: "keepdims", false),
        Mistake("padding of unequal ends is taken for equal", in: "padding2d ", "ZeroPadding", "amount=(1, 0)x(2, 3)", takenFor: "padding", [1, 2]),

        // Functions.
        Mistake("the max_value of ReLU is dropped", in: "ReLU number=", takenFor: "max_value", nil),
        Mistake("the negative_slope of ReLU is dropped", in: "ReLU number=", takenFor: "negative_slope", 0),
        Mistake("the threshold of ReLU is dropped", in: "ReLU number=", takenFor: "threshold", 0),
        Mistake("the threshold of ThresholdedReLU is dropped", in: "ThresholdedReLU", takenFor: "theta", 0),
        Mistake("the slope of LeakyReLU is taken for the default", in: "LeakyReLU number=", takenFor: "negative_slope", 0.3),
        Mistake("the alpha of ELU is dropped", in: "ELU number=", takenFor: "alpha", 1),
        Mistake("the shared axes of PReLU are dropped", in: "PReLU number=", takenFor: "shared_axes", nil),
        Mistake("the axis of Softmax is taken for the last", in: "Softmax number=", takenFor: "axis", -1),
        Mistake("leaky_relu by name is taken for the layer", in: "function host", "name=leaky_relu", by: "keras-3.15.1", takenFor: "activation", ["class_name": "LeakyReLU", "config": [:]]),
        Mistake("softmax as an activation is dropped", in: "function host", "name=softmax", takenFor: "activation", "linear"),
        Mistake("an activation of the gates is taken for the default", in: "function host", "gates", takenFor: "recurrent_activation", "sigmoid"),

        // Normalisation.
        Mistake("the axis of BatchNormalization is taken for the last", in: "batch_normalization", "axis=1", takenFor: "axis", -1),
        Mistake("the epsilon of BatchNormalization is dropped", in: "batch_normalization", "epsilon=0.2", takenFor: "epsilon", 0.001),
        Mistake("the axis of LayerNormalization is taken for the last", in: "layer_normalization", "axis=1x2", takenFor: "axis", -1),
        Mistake("rms_scaling is dropped", in: "layer_normalization", "rms=True", takenFor: "rms_scaling", false),
        Mistake("invert of Normalization is dropped", in: "normalization given", "invert=True", takenFor: "invert", false),
        Mistake("the groups of GroupNormalization are dropped", in: "group_normalization", "groups=2", takenFor: "groups", 1),

        // Steps.
        Mistake("go_backwards is dropped", in: "rnn ", "backwards=True", takenFor: "go_backwards", false),
        Mistake("return_sequences is dropped", in: "rnn ", "sequences=True", takenFor: "return_sequences", false),
        Mistake("stateful is dropped", in: "rnn stateful", takenFor: "stateful", false),
        Mistake("zero_output_for_mask is dropped", in: "rnn zero_output_for_mask", takenFor: "zero_output_for_mask", false),
        Mistake("the mask value is taken for zero", in: "masking", "value=-1.0", "after=gru", takenFor: "mask_value", 0),
        Mistake("mask_zero is dropped", in: "embedding", "masks=True", "after=lstm", takenFor: "mask_zero", false),
        Mistake("the merge mode of Bidirectional is taken for another", in: "bidirectional", "merge=mul", takenFor: "merge_mode", "sum"),
        Mistake("the strides of ConvLSTM2D are dropped", in: "conv_lstm2d", "strides=2x2", takenFor: "strides", [1, 1]),
        Mistake("the order of axes of Permute is dropped", in: "permute", "dims=3x1x2", takenFor: "dims", [1, 2, 3]),
        Mistake("the bias axes of EinsumDense are dropped", in: "einsum_dense", "bias=1", takenFor: "bias_axes", nil),
        Mistake("the implementation of LocallyConnected1D is taken for another", in: "locally_connected1d", "implementation=3", takenFor: "implementation", 2),

        // The same words of another Keras.
        Mistake("hard_sigmoid of Keras 2 is taken for that of Keras 3", in: "function of keras 2", "name=hard_sigmoid", by: "tfkeras-2.15", asIfBy: "keras-3.15.1"),
        Mistake("bilinear up-sampling of Keras 2.3 is taken for that of Keras 3", in: "up_sampling2d", "interpolation=bilinear", by: "keras-2.3.1", asIfBy: "tfkeras-2.15"),
    ]

    private func cases(_ mistake: Mistake) -> [RecordedCase] {
        RecordedCase.all.filter { recorded in
            recorded.name.hasPrefix(mistake.cases) && mistake.containing.allSatisfy(recorded.name.contains) && recorded.refusedKey == nil
                && mistake.writer.map { $0 == recorded.writer } ?? true
        }
    }

    @Test(.enabled(if: !RecordedCase.isMatrix), arguments: mistakes) func isNotMade(_ mistake: Mistake) throws {
        let found = cases(mistake)
        #expect(!found.isEmpty)
        var isSeen = false
        for recorded in found {
            #expect(try recorded.outcome() == .exact, "\(recorded)")
            var mistaken = recorded
            switch mistake.other {
            case .option(let key, let value): guard mistaken.configuration.set(key, to: value) else { continue }
            case .writer(let writer): mistaken.writer = writer
            }
            if (try? mistaken.outcome()) != .exact { isSeen = true }
        }
        #expect(isSeen, "no case tells the difference")
    }
}

extension JSON {
    /// Sets a key in every configuration that has it, and says whether there was one.
    fileprivate mutating func set(_ key: String, to value: JSON) -> Bool {
        switch self {
        case .object(var object):
            var isSet = false
            for (name, part) in object {
                if name == "config", case .object(var config) = part, config.contains(key: key) {
                    config[key] = value
                    object[name] = .object(config)
                    isSet = true
                } else {
                    var part = part
                    guard part.set(key, to: value) else { continue }
                    object[name] = part
                    isSet = true
                }
            }
            self = .object(object)
            return isSet
        case .array(var elements):
            var isSet = false
            for index in elements.indices where elements[index].set(key, to: value) { isSet = true }
            self = .array(elements)
            return isSet
        default: return false
        }
    }
}
