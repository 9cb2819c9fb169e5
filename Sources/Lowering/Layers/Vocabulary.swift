import KerasFiles
import NNInference

/// An entry of a vocabulary.
enum VocabularyToken: Hashable, Sendable {
    case number(Int64)
    case text(String)
}

extension KeyType where Value == VocabularyToken {
    static let token = KeyType(.token) { value, place throws(Refusal) in
        if let number = value.integerValue { return .number(number) }
        guard let text = value.stringValue else { throw place.refusal(.wrongType(expected: .token)) }
        return .text(text)
    }
}

/// The vocabulary of a lookup layer, as Keras understands it: special entries first, then what was learned or given.
struct Vocabulary {
    static let vocabulary = ConfigKey<[VocabularyToken]?>("vocabulary", .optional(.vocabulary))
    static let weights = ConfigKey<NumberArray?>("idf_weights", .optional(.numbers), default: .null)
    static let limit = ConfigKey<Int?>("max_tokens", .optional(.integer(from: 1)), default: .null)
    static let padsToLimit = ConfigKey<Bool>("pad_to_max_tokens", .boolean, default: false)
    static let size = ConfigKey<Int?>("vocabulary_size", .optional(.integer(from: 0)), default: .null)

    // Keys that some of the layers have.
    static let buckets = ConfigKey<Int>("num_oov_indices", .integer(from: 0), default: 1)
    static let mask = ConfigKey<VocabularyToken?>("mask_token", .optional(.token), default: .null)
    static let unknownNumber = ConfigKey<VocabularyToken?>("oov_token", .optional(.token), default: -1)
    static let unknownText = ConfigKey<VocabularyToken?>("oov_token", .optional(.token), default: "[UNK]")

    static let keys: [KeyDeclaration] = [.used(vocabulary), .used(weights), .used(limit), .used(padsToLimit), .used(size)]

    let layer: KerasLayer
    let mode: CategoryMode
    let mask: VocabularyToken?
    let unknown: VocabularyToken?
    /// For elements that are not in the vocabulary.
    let buckets: Int
    /// Without the special entries.
    let tokens: [VocabularyToken]
    /// Whether the special entries stood before them.
    private let hasSpecialTokens: Bool
    private let paddedSize: Int?

    /// Throws what Keras fails on: entries that come twice, special ones among the others, more than there may be.
    init(
        _ layer: KerasLayer, mask: VocabularyToken?, unknown: VocabularyToken?, buckets: Int, inverts: Bool = false
    ) throws(Refusal) {
        self.layer = layer
        self.mask = mask
        self.unknown = unknown
        self.buckets = buckets
        mode = try layer[CategoryMode.keyOfLookup]
        let special = Array(repeating: mask, count: mask != nil && mode == .integers ? 1 : 0) + Array(repeating: unknown, count: buckets)
        let given = try Self.tokens(of: layer)
        hasSpecialTokens = given.prefix(special.count).map(Optional.some) == special
        tokens = Array(given.dropFirst(hasSpecialTokens ? special.count : 0))
        paddedSize = try layer[Self.padsToLimit] ? layer[Self.limit] : nil

        let refusal = Refusal(layer, key: Self.vocabulary.name, .unsupportedValue(allowed: []))
        guard !given.isEmpty, Set(tokens).count == tokens.count, mask.map(tokens.contains) != true else { throw refusal }
        if inverts, unknown.map(tokens.contains) != false { throw refusal }
        if let limit = try layer[Self.limit], special.count + tokens.count > limit { throw refusal }
        if let size = try layer[Self.size], size != special.count + tokens.count {
            throw Refusal(layer, key: Self.size.name, .conflict(withKey: Self.vocabulary.name))
        }
    }

    /// Where the buckets begin.
    var firstBucket: Int { mask != nil && mode == .integers ? 1 : 0 }
    private var firstToken: Int { firstBucket + buckets }
    /// Categories, the special ones included.
    var depth: Int { paddedSize ?? firstToken + tokens.count }

    // MARK: Where it comes from

    private static let asset = "vocabulary.txt"

    /// From the configuration, or, when it was learned, from the file that the layer keeps in the archive.
    private static func tokens(of layer: KerasLayer) throws(Refusal) -> [VocabularyToken] {
        if let given = try layer[vocabulary] { return given }
        guard let asset = layer.assets.first(where: { $0.name == asset }) else {
            throw Refusal(layer, key: vocabulary.name, .missingVocabulary)
        }
        let refusal = Refusal(layer, key: vocabulary.name, .vocabularyFile)
        guard let bytes = try? asset.content.read(at: 0, count: Int(clamping: asset.content.size)),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw refusal }
        // Keras reads lines as Python's `splitlines` does: an entry with one of these in it comes back as two.
        guard !text.unicodeScalars.contains(where: { lineEnds.contains($0.value) }) else { throw refusal }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(Substring($0)) }
        while lines.last == "" { lines.removeLast() }
        guard layer.className == "IntegerLookup" else { return lines.map { .text($0) } }
        let numbers = lines.compactMap { Int64($0) }
        guard numbers.count == lines.count else { throw refusal }
        return numbers.map { .number($0) }
    }

    private static let lineEnds: Set<UInt32> = [0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029]

    // MARK: What it becomes

    /// The table that is searched: the tokens, and the mask, which has place 0, or, where places are categories, none of them.
    func table(_ builder: inout ProgramBuilder) throws(Refusal) -> SortedTable {
        var entries = tokens.enumerated().map { (token: $1, place: Int32(clamping: firstToken + $0)) }
        if let mask { entries.append((mask, mode == .integers ? 0 : .max)) }
        entries.sort { Self.precedes($0.token, $1.token) }
        return SortedTable(
            entries: try store(entries.map(\.token), &builder),
            places: try builder.constant(elements: entries.map(\.place), .int32, of: layer))
    }

    /// The entries by their places, and the place of the one for all other places.
    func entries(_ builder: inout ProgramBuilder) throws(Refusal) -> (TableEntries, fallback: Int) {
        guard let unknown else { throw Refusal(layer, key: Self.unknownText.name, .missingKey) }
        var all = Array(repeating: unknown, count: buckets) + tokens
        if let mask { all.insert(mask, at: 0) }
        if buckets == 0 { all.append(unknown) }
        return (try store(all, &builder), buckets == 0 ? all.count - 1 : firstBucket)
    }

    private func store(_ tokens: [VocabularyToken], _ builder: inout ProgramBuilder) throws(Refusal) -> TableEntries {
        var numbers: [Int64] = []
        var bytes: [UInt8] = []
        var ends: [UInt32] = []
        for token in tokens {
            switch token {
            case .number(let number): numbers.append(number)
            case .text(let text):
                bytes += text.utf8
                ends.append(UInt32(clamping: bytes.count))
            }
        }
        let isText = layer.className != "IntegerLookup"
        guard isText ? numbers.isEmpty : ends.isEmpty, bytes.count <= Int(UInt32.max) else {
            throw Refusal(layer, key: Self.vocabulary.name, .wrongType(expected: .vocabulary))
        }
        guard isText else { return TableEntries(elements: try builder.constant(elements: numbers, .int64, of: layer)) }
        return TableEntries(
            elements: try builder.constant(bytes: bytes, .uint8, of: layer), ends: try builder.constant(elements: ends, .uint32, of: layer))
    }

    private static func precedes(_ a: VocabularyToken, _ b: VocabularyToken) -> Bool {
        switch (a, b) {
        case (.number(let a), .number(let b)): a < b
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        case (.number, .text): true
        case (.text, .number): false
        }
    }

    // MARK: Weights

    /// Counts times the inverse document frequencies, if the mode has them.
    func weighted(_ counts: ValueID, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        guard mode == .weightedCount else { return counts }
        let weights = try builder.append(.constant(Constant(tensor: try frequencies(&builder))))
        return try builder.append(.arithmetic(Arithmetic(.multiply, counts, weights)))
    }

    /// As they were learned and stored, or from the configuration, filled up as Keras does.
    private func frequencies(_ builder: inout ProgramBuilder) throws(Refusal) -> TensorID {
        if layer.weight(Self.weights.name) != nil { return try builder.weight(Self.weights.name, of: layer, shape: [depth]) }
        guard let given = try layer[Self.weights] else { throw Refusal(layer, key: Self.weights.name, .missingKey) }
        var values = given.values
        guard given.shape == [tokens.count + (hasSpecialTokens ? firstToken : 0)] else {
            throw Refusal(layer, key: Self.weights.name, .conflict(withKey: Self.vocabulary.name))
        }
        if !hasSpecialTokens {
            let exact = try layer.exactNumbers(Self.weights.name)
            let average = Float(exact.reduce(0, +) / Double(exact.count))
            values = Array(repeating: average, count: firstToken) + values
        }
        values += Array(repeating: 0, count: max(depth - values.count, 0))
        return try builder.constant(NumberArray(shape: [depth], values: values), of: layer)
    }
}

extension LayerRule {
    /// - Parameter vocabulary: throws what Keras fails on.
    static func vocabulary(_ vocabulary: @escaping @Sendable (KerasLayer) throws(Refusal) -> Vocabulary) -> LayerRule {
        LayerRule(Vocabulary.vocabulary.name, Vocabulary.limit.name, Vocabulary.size.name, is: .vocabulary) { layer throws(Refusal) in
            _ = try vocabulary(layer)
        }
    }
}

extension KerasLayer {
    /// The numbers of a list in double precision.
    fileprivate func exactNumbers(_ key: String) throws(Refusal) -> [Double] {
        guard let list = config[key]?.arrayValue, case let numbers = list.compactMap(\.doubleValue), numbers.count == list.count else {
            throw Refusal(self, key: key, .wrongType(expected: .numbers))
        }
        return numbers
    }
}

extension KeyType where Value == [VocabularyToken] {
    /// A list of entries. The path of a file is refused: nothing is read from beside a model.
    static let vocabulary = KeyType(.vocabulary) { value, place throws(Refusal) in
        guard value.stringValue == nil else { throw place.refusal(.filePath) }
        guard let list = value.arrayValue else { throw place.refusal(.wrongType(expected: .vocabulary)) }
        var tokens: [VocabularyToken] = []
        for element in list { tokens.append(try KeyType<VocabularyToken>.token.parse(element, place)) }
        return tokens
    }
}

extension ProgramBuilder {
    /// A tensor of bytes that is made from the configuration.
    mutating func constant(bytes: [UInt8], _ type: KerasFiles.ElementType, of layer: KerasLayer) throws(Refusal) -> TensorID {
        let source: Tensor
        do throws(KerasFileError) {
            source = try Tensor(elementType: type, shape: [bytes.count / type.size], bytes: bytes)
        } catch {
            throw Refusal(layer, .shape(.overflow))
        }
        return add(constant: source)
    }

    /// A tensor of whole numbers that is made from the configuration.
    mutating func constant<Number: FixedWidthInteger>(
        elements: [Number], _ type: KerasFiles.ElementType, of layer: KerasLayer
    ) throws(Refusal) -> TensorID {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(elements.count * type.size)
        for element in elements {
            for place in 0..<type.size { bytes.append(UInt8(truncatingIfNeeded: element >> Number(8 * place))) }
        }
        return try constant(bytes: bytes, type, of: layer)
    }
}
