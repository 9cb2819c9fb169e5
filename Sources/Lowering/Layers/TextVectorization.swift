import KerasFiles
import NNInference

enum TextVectorizationLayer {
    static let definitions = [definition]

    private static let standardize = ConfigKey<TextVectorization.Flags>(
        "standardize",
        .textRule([
            "lower_and_strip_punctuation": [.lowercases, .stripsPunctuation], "lower": .lowercases, "strip_punctuation": .stripsPunctuation,
        ], none: []), default: "lower_and_strip_punctuation")
    private static let split = ConfigKey<TextVectorization.Split>(
        "split", .textRule(["whitespace": .whitespace, "character": .characters], none: .elements), default: "whitespace")
    /// Widths of groups of neighbouring tokens.
    private static let groups = ConfigKey<[Int]>("ngrams", .tokenGroups, default: .null)
    private static let length = ConfigKey<Int?>("output_sequence_length", .optional(.integer(from: 1)))

    private static let definition = LayerDefinition(
        "TextVectorization",
        keys: .categoryOutput(CategoryMode.keyOfTexts) + Vocabulary.keys + [
            .used(standardize), .used(split), .used(groups), .used(length), .only("ragged", false), .only("encoding", "utf-8"),
        ],
        mask: .drops, takesTexts: true, rules: rules
    ) { call, builder throws(Refusal) in
        let vocabulary = try vocabulary(of: call.layer)
        let input = try singleTexts(call, &builder)
        let isSequence = vocabulary.mode == .integers
        let size = isSequence ? try length(call, builder.shape(input)) : vocabulary.depth
        let output = try builder.append(
            .textVectorization(
                TextVectorization(
                    input: input, flags: try call[standardize], split: try call[split], widths: try call[groups],
                    table: try vocabulary.table(&builder), unknown: vocabulary.firstBucket,
                    output: isSequence ? .sequence : vocabulary.mode == .multiHot ? .multiHot : .count, size: size)))
        return try vocabulary.weighted(output, &builder)
    }

    private static func vocabulary(of layer: KerasLayer) throws(Refusal) -> Vocabulary {
        try Vocabulary(layer, mask: .text(""), unknown: .text("[UNK]"), buckets: 1)
    }

    private static let rules: [LayerRule] = [
        .vocabulary { layer throws(Refusal) in try vocabulary(of: layer) },
        LayerRule(length.name, CategoryMode.keyOfTexts.name, is: .onlyWithSecond("int")) { layer throws(Refusal) in
            guard try layer[length] != nil, try layer[CategoryMode.keyOfTexts] != .integers else { return }
            throw Refusal(layer, key: length.name, .conflict(withKey: CategoryMode.keyOfTexts.name))
        },
        // Without it Keras makes the result as wide as the longest text of the batch.
        LayerRule(length.name, CategoryMode.keyOfTexts.name, is: .requiredWithSecond("int")) { layer throws(Refusal) in
            guard try layer[length] == nil, try layer[CategoryMode.keyOfTexts] == .integers, try layer[split] != .elements else { return }
            throw Refusal(layer, key: length.name, .openLength)
        },
    ]

    /// Texts that are to be split stand alone: an axis of size 1 behind the batch goes.
    private static func singleTexts(_ call: LayerCall, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        let input = try call.input.value
        let shape = builder.shape(input)
        guard builder.info(input).type == .text else {
            throw call.refusal(.shape(.valueType(expected: .text, found: builder.info(input).type)))
        }
        guard try call[split] != .elements, shape.rank == 2, shape[1] == 1 else { return input }
        return try builder.append(.reshape(Reshape(input: input, dimensions: [])))
    }

    /// The length of a sequence: as asked for, or, where each element is a token, as many as those make.
    private static func length(_ call: LayerCall, _ shape: Shape) throws(Refusal) -> Int {
        if let length = try call[length] { return length }
        guard shape.rank == 2, shape[1] != Shape.unknown else { throw call.refusal(.openLength, key: length.name) }
        let widths = try call[groups]
        let count = widths.isEmpty ? shape[1] : widths.reduce(0) { $0 + max(shape[1] - $1 + 1, 0) }
        guard count > 0 else { throw call.refusal(.shape(.emptyAxis(1))) }
        return count
    }
}

extension KeyType {
    /// One of these names, or null; a function of the author's is code.
    fileprivate static func textRule(_ meanings: KeyValuePairs<String, Value>, none: Value) -> KeyType where Value: Sendable {
        let allowed = meanings.map { JSON.string($0.key) } + [.null]
        let table = Dictionary(uniqueKeysWithValues: meanings.map { ($0.key, $0.value) })
        return KeyType(.choice(allowed)) { value, place throws(Refusal) in
            if value.isNull { return none }
            guard let name = value.stringValue else { throw place.refusal(.containsCode) }
            guard let meaning = table[name] else { throw place.refusal(.unsupportedValue(allowed: allowed)) }
            return meaning
        }
    }
}

extension KeyType where Value == [Int] {
    /// `null` for single tokens, n for 1, 2, ... n, or a list of widths.
    fileprivate static let tokenGroups = KeyType(.tokenGroups) { value, place throws(Refusal) in
        let wrongType = place.refusal(.wrongType(expected: .tokenGroups))
        if value.isNull { return [] }
        if let most = value.intValue {
            guard (1...groupLimit).contains(most) else { throw wrongType }
            return Array(1...most)
        }
        guard let list = value.arrayValue, case let widths = list.compactMap(\.intValue), widths.count == list.count,
            (1...groupLimit).contains(widths.count), widths.allSatisfy({ (1...Int(Int32.max)).contains($0) })
        else { throw wrongType }
        return widths
    }

    /// More widths than a record holds.
    private static let groupLimit = 128
}
