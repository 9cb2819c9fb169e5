/// What people call the parts of a program. Nothing depends on it: a device build may leave the section out.
public struct ModelNames: Hashable, Sendable {
    /// One per input and output of the program.
    public var inputs: [String]
    public var outputs: [String]
    /// The Keras layer that each operation comes from, one per operation.
    public var layers: [String]

    public init(inputs: [String], outputs: [String], layers: [String]) {
        self.inputs = inputs
        self.outputs = outputs
        self.layers = layers
    }
}

extension FileLayout {
    /// The names in the file; nil when it has none.
    ///
    /// - Parameter bytes: the file, or its start as far as the data section.
    public func names(in bytes: RawSpan) throws(FormatError) -> ModelNames? {
        guard let section = section(.names), let program else { return nil }
        try requirePrefix(bytes)
        var fields = FieldReader(section.range, of: .names)
        let inputs = try FileLayout.indices(program.program.inputs.count, &fields, bytes)
        let outputs = try FileLayout.indices(program.program.outputs.count, &fields, bytes)
        let layers = try FileLayout.indices(program.program.operations.count, &fields, bytes)
        let strings = try FileLayout.strings(fields.position..<fields.end, bytes)

        var isUsed = [Bool](repeating: false, count: strings.count)
        for index in inputs + outputs + layers {
            guard Int(index) < strings.count else { throw FormatError(.nameIndex(index), at: section.range.lowerBound) }
            isUsed[Int(index)] = true
        }
        if let unused = isUsed.firstIndex(of: false) { throw FormatError(.nameIndex(UInt16(unused)), at: fields.position) }
        return ModelNames(
            inputs: inputs.map { strings[Int($0)] }, outputs: outputs.map { strings[Int($0)] }, layers: layers.map { strings[Int($0)] })
    }

    private static func indices(_ count: Int, _ fields: inout FieldReader, _ bytes: RawSpan) throws(FormatError) -> [UInt16] {
        guard count <= fields.remaining / 2 else { throw FormatError(.sectionLength(.names), at: fields.position) }
        var indices: [UInt16] = []
        indices.reserveCapacity(count)
        for _ in 0..<count { indices.append(try fields.u16(bytes)) }
        return indices
    }

    /// Strings that end with a zero byte, each greater than the one before: so none stands twice.
    private static func strings(_ range: Range<Int>, _ bytes: RawSpan) throws(FormatError) -> [String] {
        var strings: [String] = []
        var previous: [UInt8] = []
        var current: [UInt8] = []
        var start = range.lowerBound
        for offset in range {
            let byte = bytes.byte(at: offset)
            guard byte == 0 else {
                current.append(byte)
                continue
            }
            guard strings.count <= UInt16.max else { throw FormatError(.count(UInt64(strings.count)), at: start) }
            guard UTF8Text.isValid(current), strings.isEmpty || previous.lexicographicallyPrecedes(current) else {
                throw FormatError(.name, at: start)
            }
            strings.append(String(decoding: current, as: UTF8.self))
            swap(&previous, &current)
            current.removeAll(keepingCapacity: true)
            start = offset + 1
        }
        guard start == range.upperBound else { throw FormatError(.name, at: start) }
        return strings
    }
}

enum UTF8Text {
    /// Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing beyond U+10FFFF.
    static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        var rest = 0
        // What the next continuation byte may be.
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        for byte in bytes {
            if rest > 0 {
                guard byte >= low, byte <= high else { return false }
                (low, high) = (0x80, 0xBF)
                rest -= 1
                continue
            }
            switch byte {
            case 0x00...0x7F: break
            case 0xC2...0xDF: rest = 1
            case 0xE0: (rest, low) = (2, 0xA0)
            case 0xED: (rest, high) = (2, 0x9F)
            case 0xE1...0xEF: rest = 2
            case 0xF0: (rest, low) = (3, 0x90)
            case 0xF1...0xF3: rest = 3
            case 0xF4: (rest, high) = (3, 0x8F)
            default: return false
            }
        }
        return rest == 0
    }
}
