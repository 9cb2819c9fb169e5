import KerasFiles

extension ZipProblem {
    /// What is wrong with an archive, after "is an archive that cannot be trusted: ".
    var words: String {
        switch self {
        case .noEndRecord: "its end is missing, or something was appended"
        case .endRecord: "its end contradicts itself"
        case .spanned: "it is one part of several"
        case .header: "a member's header is damaged"
        case .directorySize: "its directory has another size than it says"
        case .extraField(let field): "the extra field 0x" + String(field, radix: 16) + " is malformed"
        case .headersDiffer(let field): "a member's two headers differ in the \(field.words)"
        case .overlap: "two members claim the same bytes"
        case .gap: "there are bytes that belong to no member"
        case .duplicateName: "two members have the same name"
        case .name(let flaw): "a member's name \(flaw.words)"
        case .encrypted: "it is encrypted"
        case .dataDescriptor: "the sizes of a member follow it"
        case .flags(let flags): "a member has the flags 0x" + String(flags, radix: 16)
        case .method(let method): "a member is compressed by method \(method), which is neither stored nor deflate"
        case .size: "the two sizes of a member differ"
        case .ratio: "a member claims to inflate to more than is possible"
        case .deflate: "compressed data is damaged"
        case .inflatedSize(let declared): "a member does not inflate to the \(declared) bytes that it declares"
        case .checksum: "a member does not match its checksum"
        case .noSuchMember: "a member is missing"
        }
    }
}

extension ZipProblem.Field {
    fileprivate var words: String {
        switch self {
        case .name: "name"
        case .flags: "flags"
        case .method: "compression method"
        case .checksum: "checksum"
        case .compressedSize: "compressed size"
        case .size: "size"
        }
    }
}

extension ZipProblem.NameFlaw {
    fileprivate var words: String {
        switch self {
        case .empty: "is empty"
        case .encoding: "is not UTF-8"
        case .controlCharacter: "has control characters"
        case .backslash: "has a backslash"
        case .absolute: "begins at the root"
        case .driveLetter: "begins with a drive letter"
        case .component: "has an empty or dotted component"
        }
    }
}
