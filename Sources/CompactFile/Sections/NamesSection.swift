import NNInference

/// The bytes of the names section: for every input, output and operation the place of its name, then the names in ascending order.
enum NamesSection {
    static func bytes(_ names: ModelNames, program: Program) throws(CompactFileError) -> [UInt8] {
        try check(names.inputs.count, program.inputs.count)
        try check(names.outputs.count, program.outputs.count)
        try check(names.layers.count, program.operations.count)
        let all = (names.inputs + names.outputs + names.layers).map(text)
        var strings = all.sorted { $0.lexicographicallyPrecedes($1) }
        var kept = 0
        for index in strings.indices where index == 0 || strings[index] != strings[kept - 1] {
            strings[kept] = strings[index]
            kept += 1
        }
        strings.removeSubrange(kept...)
        guard strings.count <= Int(UInt16.max) + 1 else { throw .limit(.names, found: strings.count) }
        let places = Dictionary(uniqueKeysWithValues: strings.enumerated().map { ($1, $0) })
        var bytes: [UInt8] = []
        for name in all { bytes.append(field: UInt16(places[name] ?? 0)) }
        for string in strings { bytes += string + [0] }
        return bytes
    }

    /// The name's UTF-8 bytes. Zero ends a name; one within it becomes the sign for an unprintable character. (The source view has
    /// every name as it is.)
    private static func text(_ name: String) -> [UInt8] {
        name.utf8.contains(0) ? name.utf8.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] } : Array(name.utf8)
    }

    private static func check(_ found: Int, _ expected: Int) throws(CompactFileError) {
        guard found == expected else { throw .count(.names, expected: expected, found: found) }
    }
}
