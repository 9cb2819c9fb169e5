import KerasFiles
import NNInference

/// IntegerLookup and StringLookup.
enum LookupLayers {
    static let definitions = [integerLookup, stringLookup]

    private static let inverts = ConfigKey<Bool>("invert", .boolean, default: false)
    private static let method = ConfigKey<BucketHash.Function>(
        "oov_method", .oneOf(["floormod": .remainder, "farmhash": .farmHash]), default: "floormod")

    private static let keys: [KeyDeclaration] = .categoryOutput(CategoryMode.keyOfLookup) + Vocabulary.keys + [
        .used(inverts), .used(method), .used(HashKey.key),
    ]

    private static let integerLookup = LayerDefinition(
        "IntegerLookup",
        keys: keys + [.used(Vocabulary.buckets), .used(Vocabulary.mask), .used(Vocabulary.unknownNumber), .only("vocabulary_dtype", "int64")],
        mask: .drops, integers: .keptAsIntegers, rules: rules(unknown: Vocabulary.unknownNumber)
    ) { call, builder throws(Refusal) in
        try builder.takeAsWide(try call.input.value)
        return try lower(call, unknown: Vocabulary.unknownNumber, &builder)
    }

    private static let stringLookup = LayerDefinition(
        "StringLookup",
        keys: keys + [.used(Vocabulary.buckets), .used(Vocabulary.mask), .used(Vocabulary.unknownText), .only("encoding", "utf-8")],
        mask: .drops, integers: .keptAsIntegers, takesTexts: true, rules: rules(unknown: Vocabulary.unknownText)
    ) { call, builder throws(Refusal) in
        try lower(call, unknown: Vocabulary.unknownText, &builder)
    }

    private static func rules(unknown: ConfigKey<VocabularyToken?>) -> [LayerRule] {
        [
            LayerRule(inverts.name, CategoryMode.keyOfLookup.name, is: .onlyWithSecond("int")) { layer throws(Refusal) in
                guard try layer[inverts], try layer[CategoryMode.keyOfLookup] != .integers else { return }
                throw Refusal(layer, key: inverts.name, .conflict(withKey: CategoryMode.keyOfLookup.name))
            },
            .vocabulary { layer throws(Refusal) in
                try Vocabulary(
                    layer, mask: layer[Vocabulary.mask], unknown: layer[unknown], buckets: layer[Vocabulary.buckets], inverts: layer[inverts])
            },
        ]
    }

    private static func lower(
        _ call: LayerCall, unknown: ConfigKey<VocabularyToken?>, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> ValueID {
        let layer = call.layer
        let input = try call.input.value
        let vocabulary = try Vocabulary(
            layer, mask: layer[Vocabulary.mask], unknown: layer[unknown], buckets: layer[Vocabulary.buckets], inverts: layer[inverts])
        if try layer[inverts] {
            let (entries, fallback) = try vocabulary.entries(&builder)
            return try builder.append(.inverseLookup(InverseLookup(input: input, entries: entries, fallback: fallback)))
        }
        var hash = try layer[HashKey.key].hash
        if layer.className == "IntegerLookup", try layer[method] == .remainder { hash = BucketHash(.remainder) }
        let places = try builder.append(
            .lookup(
                Lookup(
                    input: input, table: try vocabulary.table(&builder), firstBucket: vocabulary.firstBucket, buckets: vocabulary.buckets,
                    hash: hash)))
        let encoded = try builder.encode(places, as: vocabulary.mode, depth: vocabulary.depth)
        return try vocabulary.weighted(encoded, &builder)
    }
}
