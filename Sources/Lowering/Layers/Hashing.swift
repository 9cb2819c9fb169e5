import KerasFiles
import NNInference

enum HashingLayer {
    static let definitions = [definition]

    private static let bins = ConfigKey<Int>("num_bins", .integer(from: 1))
    private static let maskValue = ConfigKey<VocabularyToken?>("mask_value", .optional(.token), default: .null)

    private static let definition = LayerDefinition(
        "Hashing", keys: .categoryOutput() + [.used(bins), .used(maskValue), .used(HashKey.key)],
        mask: .drops, integers: .keptAsIntegers, takesTexts: true
    ) { call, builder throws(Refusal) in
        let input = try call.input.value
        try builder.takeAsWide(input)
        let bins = try call[bins]
        var masked: TensorID?
        // A single bin leaves none for the mask.
        if let token = try call[maskValue], bins > 1 {
            masked = try Self.masked(token, builder.info(input).type, call, &builder)
        }
        let buckets = try builder.append(
            .hashing(Hashing(input: input, hash: try call[HashKey.key].hash, bins: bins, masked: masked)))
        return try builder.encode(buckets, as: try call[CategoryMode.key()], depth: bins)
    }

    private static func masked(
        _ token: VocabularyToken, _ type: ValueType, _ call: LayerCall, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> TensorID {
        switch (token, type) {
        case (.text(let text), .text): return try builder.constant(bytes: Array(text.utf8), .uint8, of: call.layer)
        case (.number(let number), .number): return try builder.constant(NumberArray(shape: [1], values: [Float(number)]), of: call.layer)
        case (.number(let number), .int32), (.number(let number), .int64):
            return try builder.constant(elements: [number], .int64, of: call.layer)
        default: throw call.refusal(.unsupportedValue(allowed: []), key: maskValue.name)
        }
    }
}

/// What stands under `salt`.
struct HashKey: Sendable {
    var words: [UInt64]

    static let key = ConfigKey<HashKey>(
        "salt",
        KeyType(.hashKey) { value, place throws(Refusal) in
            if value.isNull { return HashKey(words: []) }
            let list = value.arrayValue ?? [value, value]
            let words = list.compactMap { $0.integerValue.map { UInt64(bitPattern: $0) } }
            guard list.count == 2, words.count == 2 else { throw place.refusal(.wrongType(expected: .hashKey)) }
            return HashKey(words: words)
        }, default: .null)

    var hash: BucketHash { words.isEmpty ? BucketHash(.farmHash) : BucketHash(.sipHash, key: words) }
}
