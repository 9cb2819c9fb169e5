import KerasFiles

/// The lists of names in legacy HDF5: `layer_names` and `weight_names`.
enum NameList {
    /// Bytes that an attribute may take in the header of its object (64 KiB less what stands around it). Since Keras 2.1.5 a
    /// longer list is stored in parts `name0`, `name1`, ... (`HDF5_OBJECT_HEADER_LIMIT`).
    private static let limit = 64512

    /// A reference to a text of variable length, where it stands.
    private static let referenceSize = 16

    /// The attributes that hold `names`. Throws `.name` for one that cannot be stored.
    static func attributes(
        _ key: String, _ names: [String], _ storage: NameStorage
    ) throws(KerasWriterError) -> [(name: String, value: HDF5AttributeContent)] {
        guard !names.isEmpty else { return [(key, .emptyList)] }
        for name in names {
            guard (1...limit).contains(name.utf8.count), !name.utf8.contains(0) else { throw .name(name) }
        }
        let size = names.reduce(0) { max($0, $1.utf8.count) }
        let partCount = smallestPartCount(names.count, size: size)
        guard partCount == 1 else {
            // Parts are of fixed length always.
            return parts(names, partCount).enumerated().map { ("\(key)\($0)", .texts($1, .fixed(size))) }
        }
        let fitsReferences = names.count * referenceSize <= limit
        return [(key, .texts(names, storage == .variableLength && fitsReferences ? .variable : .fixed(size)))]
    }

    private static func smallestPartCount(_ count: Int, size: Int) -> Int {
        let longest = limit / size
        return (count + longest - 1) / longest
    }

    /// Nearly equal parts, the longer ones first, as NumPy's `array_split` makes them.
    private static func parts(_ names: [String], _ count: Int) -> [[String]] {
        let (length, longer) = names.count.quotientAndRemainder(dividingBy: count)
        var rest = names[...]
        return (0..<count).map { index in
            let part = Array(rest.prefix(length + (index < longer ? 1 : 0)))
            rest = rest.dropFirst(part.count)
            return part
        }
    }
}
