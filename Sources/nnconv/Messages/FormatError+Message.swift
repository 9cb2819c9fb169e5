import NNInference

extension FormatError: Explained {
    var message: Message {
        var message = reason.message
        message.places.append("byte \(offset)")
        return message
    }
}

extension FormatError.Reason: Explained {
    private static let copyAgain = "Copy or convert the model again."
    private static let newerWriter = "It was written by a newer nnconv; convert the model again with this one, or update it."

    var message: Message {
        switch self {
        case .signature(let resemblance): return Message("is no .nnc file: " + resemblance.words)
        case .truncated(let needed, let available):
            return Message("ends too early: \(needed) bytes are needed and \(available) are there", remedy: Self.copyAgain)
        case .length(let declared, let found):
            return Message("has \(found) bytes and says it has \(declared)", remedy: Self.copyAgain)
        case .tooLarge(let size): return Message("is too large for this machine: \(size) bytes")
        case .containerVersion(let version): return Message("has version \(version) of the .nnc format", remedy: Self.newerWriter)
        case .operationSet(let version): return Message("uses operation set \(version)", remedy: Self.newerWriter)
        case .checksum(let part): return Message("is damaged: \(part.words) does not match its checksum", remedy: Self.copyAgain)
        case .unknownSection(let kind):
            return Message("has a section that must be understood and is not: kind 0x" + String(kind, radix: 16), remedy: Self.newerWriter)
        case .missingSection(let kind): return Message("lacks its \(kind.words)")
        case .unexpectedSection(let kind): return Message("has \(kind.words) without a program")
        case .program(let error): return Message("has a program that does not hold: " + error.words)
        default: return Message("is damaged: " + damage, remedy: Self.copyAgain)
        }
    }

    /// What is wrong in a file whose checksums hold: it was made by something else than a correct writer.
    private var damage: String {
        switch self {
        case .alignment(let exponent): "it is aligned to 2^\(exponent) bytes"
        case .reserved: "a field that must be zero is not"
        case .padding: "the space between two parts is not empty"
        case .sectionCount(let count): "it has \(count) sections"
        case .sectionOrder(let kind): "section 0x" + String(kind, radix: 16) + " is out of order"
        case .sectionLength(let kind): "its \(kind.words) end too early or too late"
        case .count(let count): "\(count) of something do not fit"
        case .elementType(let type): "element type \(type) is unknown"
        case .layout(let layout): "tensor layout \(layout) is unknown"
        case .rank(let rank): "a tensor has \(rank) dimensions"
        case .dimension(let dimension): "a dimension is \(dimension)"
        case .dimensions: "the table of dimensions does not fit the tensors"
        case .shapeOverflow: "a tensor is larger than any file"
        case .dataLength(let declared, let needed): "it has \(declared) bytes of tensors and needs \(needed)"
        case .valueType(let type): "value type \(type) is unknown"
        case .operationKinds: "the set of operation kinds is not that of the program"
        case .name: "a name is malformed"
        case .nameIndex(let index): "the name \(index) is missing or unused"
        case .number: "a number is impossible"
        case .signature, .truncated, .length, .tooLarge, .containerVersion, .operationSet, .checksum, .unknownSection, .missingSection,
            .unexpectedSection, .program:
            "its content is wrong"
        }
    }
}

extension FormatError.Part {
    fileprivate var words: String {
        switch self {
        case .header: "the header"
        case .section(let kind): "the section of " + (SectionKind(rawValue: kind)?.words ?? "kind 0x" + String(kind, radix: 16))
        case .tensor(let index): "tensor \(index)"
        }
    }
}

extension SectionKind {
    var words: String {
        switch self {
        case .tensors: "tensor table"
        case .program: "program"
        case .names: "names"
        case .verification: "verification vectors"
        case .source: "Keras source"
        case .data: "tensors"
        }
    }
}

extension FormatError.Resemblance {
    fileprivate var words: String {
        switch self {
        case .unknown: "it begins like no known format"
        case .damagedInTransfer: "a transfer as text has changed it; transfer it as binary"
        case .byteSwapped: "its bytes are swapped"
        case .hdf5: "it is an HDF5 file"
        case .zip: "it is a zip archive"
        case .gguf: "it is a GGUF file"
        case .json: "it is a JSON text"
        }
    }
}
