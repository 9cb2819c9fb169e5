import KerasFiles

/// Everything in an HDF5 file as text, one line for each group, dataset and attribute, with checksums for contents.
/// `Fixtures/generator/list_hdf5.py` makes the same text with h5py.
struct Listing {
    private(set) var text = ""
    private(set) var objects = 0

    init(_ file: HDF5File) throws(KerasFileError) {
        try add(file.root)
    }

    var checksum: String { Self.hex(CRC32.of(Array(text.utf8))) }

    private mutating func add(_ group: HDF5Group) throws(KerasFileError) {
        objects += 1
        text += "G \(group.path)\n"
        add(group.attributes, of: group.path)
        for child in group.children {
            switch child {
            case .group(let group): try add(group)
            case .dataset(let dataset): try add(dataset)
            }
        }
    }

    private mutating func add(_ dataset: HDF5Dataset) throws(KerasFileError) {
        objects += 1
        let sum = Self.hex(CRC32.of(try dataset.tensor.bytes()))
        text += "D \(dataset.path) \(dataset.elementType) \(dataset.shape) \(sum)\n"
        add(dataset.attributes, of: dataset.path)
    }

    private mutating func add(_ attributes: HDF5Attributes, of path: String) {
        for attribute in attributes.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            text += "A \(path) \(attribute.name) \(Self.describe(attribute.value)) \(attribute.shape)\n"
        }
    }

    private static func describe(_ value: HDF5Attribute.Value) -> String {
        switch value {
        case .numbers(let type, let bytes): "\(type) \(hex(CRC32.of(bytes)))"
        case .strings(let strings, let kind):
            "\(describe(kind)) \(hex(CRC32.of(strings.flatMap { Array($0.utf8) + [0] })))"
        }
    }

    private static func describe(_ kind: HDF5Attribute.StringKind) -> String {
        switch kind {
        case .variable(let charset): "variable-\(charset)"
        case .fixed(let size, let padding, let charset): "fixed\(size)-\(padding)-\(charset)"
        }
    }

    static func hex(_ sum: UInt32) -> String {
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
