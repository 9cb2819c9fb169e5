import KerasFiles

@testable import Lowering

/// Refused values of layers that make categories.
extension RefusalTests {
    private static let sparse = Refused.value("sparse", true, false)
    private static let noMode = Refused.value("output_mode", "ragged", "int", "one_hot", "multi_hot", "count")
    private static let noLookupMode = Refused.value(
        "output_mode", "ragged", "int", "one_hot", "multi_hot", "binary", "count", "tf_idf", "tf-idf")

    static let preprocessing: [Row] = [
        Row(
            className: "Discretization", required: ["bin_boundaries": [0.5, 1.0]],
            refused: [
                .complex, sparse, noMode, .type("bin_boundaries", nil, .numbers), .value("bin_boundaries", [1.0, 0.5]), .type("bin_boundaries", [], .numbers),
            ]),
        Row(
            className: "CategoryEncoding", required: ["num_tokens": 4],
            refused: [
                .complex, sparse, .value("output_mode", "int", "multi_hot", "binary", "one_hot", "count"), .type("num_tokens", 0, .integer(minimum: 1)),
            ]),
        Row(
            className: "STFTSpectrogram",
            refused: [
                .complex, .value("mode", "angle", "log", "magnitude", "psd", "real", "imag", "stft"), .type("frame_length", 0, .integer(minimum: 1)),
                Refused("frame_step", 257, .conflict(withKey: "frame_length")), Refused("fft_length", 128, .conflict(withKey: "frame_length")),
                .value("padding", "causal", "valid", "same"), .type("expand_dims", nil, .boolean), order,
            ]),
        Row(
            className: "Hashing", required: ["num_bins": 4],
            refused: [
                .complex, sparse, noMode, .type("salt", [1, 2, 3], .hashKey), .type("salt", "pepper", .hashKey), .type("mask_value", 1.5, .token),
                .type("num_bins", 0, .integer(minimum: 1)),
            ]),
        Row(
            className: "IntegerLookup", required: ["vocabulary": [3, 5]],
            refused: lookups + [
                .value("vocabulary", [3, 3]), .value("vocabulary_dtype", "int32", "int64"), .value("oov_method", "random", "floormod", "farmhash"),
            ]),
        Row(
            className: "StringLookup", required: ["vocabulary": ["a", "b"]],
            refused: lookups + [.value("vocabulary", ["a", "a"]), .value("encoding", "latin-1", "utf-8"), .type("salt", 1.5, .hashKey)]),
        Row(
            className: "TextVectorization", required: ["vocabulary": ["a", "b"], "output_sequence_length": 5],
            refused: vocabularies + [
                .value("ragged", true, false), .value("encoding", "latin-1", "utf-8"), .type("ngrams", 0, .tokenGroups), .value("vocabulary", ["a", ""]),
            ] + ["one_hot", "ragged"].map { .value("output_mode", $0, "int", "multi_hot", "binary", "count", "tf_idf", "tf-idf") } + [
                .value("standardize", "upper", "lower_and_strip_punctuation", "lower", "strip_punctuation", nil),
                .value("split", "comma", "whitespace", "character", nil),
                Refused("split", ["class_name": "function", "config": "mine>split"], .containsCode),
            ]),
    ]

    private static let vocabularies: [Refused] = [
        .complex, sparse, Refused("vocabulary", "words.txt", .filePath), Refused("vocabulary", nil, .missingVocabulary),
        .type("vocabulary", [1.5], .token), Refused("vocabulary_size", 9, .conflict(withKey: "vocabulary")),
    ]

    private static let lookups: [Refused] = vocabularies + [noLookupMode, .type("num_oov_indices", -1, .integer(minimum: 0))]
}
