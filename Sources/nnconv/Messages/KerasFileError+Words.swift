import KerasFiles

extension KerasFileError.Structure {
    var words: String {
        switch self {
        case .superblock: "superblock"
        case .objectHeader: "object header"
        case .headerMessage: "header message"
        case .continuation: "header continuation"
        case .symbolTable: "symbol table"
        case .groupTree: "group's tree"
        case .symbolNode: "symbol node"
        case .localHeap: "local heap"
        case .linkName: "name of a member"
        case .fractalHeap: "heap of links"
        case .linkIndex: "index of links"
        case .dataspace: "dataspace"
        case .datatype: "datatype"
        case .dataLayout: "data layout"
        case .attribute: "attribute"
        case .globalHeap: "global heap"
        case .heapReference: "reference into a heap"
        case .text: "text"
        case .extents: "space taken by an object"
        case .tensor: "tensor"
        case .archive: "archive's directory"
        }
    }
}

extension KerasFileError.Flaw {
    var words: String {
        switch self {
        case .signature: "does not begin as it must"
        case .version: "has an unknown version"
        case .size: "has a wrong size"
        case .count: "has a wrong number of entries"
        case .address: "points outside the file"
        case .order: "is out of order"
        case .value: "has an impossible value"
        case .encoding: "is not valid text"
        case .checksum: "does not match its checksum"
        case .absent: "is missing"
        case .duplicate: "is there twice"
        case .overlap: "lies over another one"
        }
    }
}

extension KerasFileError.Feature {
    var words: String {
        switch self {
        case .userBlock: "a user block before the HDF5 data"
        case .newerSuperblock: "a newer superblock (libver=\"latest\")"
        case .addressSize: "addresses that are not 8 bytes long"
        case .driverInformation: "a file driver's information"
        case .newerObjectHeader: "newer object headers (libver=\"latest\")"
        case .newerGroup: "a group whose members are kept in an unusual way"
        case .newerAttributeStorage: "attributes in the newer style (libver=\"latest\")"
        case .softLink: "a soft link"
        case .externalLink: "a link to another file"
        case .sharedObject: "an object with two names"
        case .sharedMessage: "a shared header message"
        case .committedDatatype: "a named datatype"
        case .olderLayout: "a data layout older than HDF5 1.6"
        case .chunkedLayout: "chunked data"
        case .virtualLayout: "data that lies in other files"
        case .newerLayout: "a newer data layout"
        case .filters: "compressed data"
        case .externalStorage: "data that lies in other files"
        case .unwrittenDataset: "a dataset that was never written"
        case .resizableDataspace: "a dataset that can grow"
        case .nullDataspace: "a dataset without a dataspace"
        case .bigEndian: "big-endian numbers"
        case .stringDataset: "a dataset of text"
        case .datatype: "a number type that is not supported"
        case .unknownMessage: "an unknown header message"
        }
    }
}

extension KerasFileError.Limit {
    var words: String {
        switch self {
        case .jsonBytes: "bytes of JSON"
        case .jsonDepth: "levels of JSON"
        case .jsonNodes: "JSON values"
        case .groupDepth: "levels of groups"
        case .objects: "groups and datasets"
        case .groupMembers: "members in one group"
        case .attributes: "attributes on one object"
        case .nameBytes: "bytes in one name"
        case .linkNameBytes: "bytes in one member's name"
        case .headerBytes: "bytes in one object header"
        case .metadataBytes: "bytes of HDF5 structures"
        case .stringBytes: "bytes of text"
        case .rank: "dimensions"
        case .layerDepth: "levels of layers"
        case .archiveMembers: "archive members"
        case .inflatedBytes: "uncompressed bytes"
        }
    }
}

extension KerasFileError.JSONProblem {
    var words: String {
        switch self {
        case .unexpectedEnd: "it ends too early"
        case .unexpectedByte(let byte): "unexpected byte 0x" + String(byte, radix: 16)
        case .malformedNumber: "a number is malformed"
        case .malformedEscape: "an escape sequence is malformed"
        case .loneSurrogate: "half of a surrogate pair"
        case .controlCharacter: "a control character in a text"
        case .invalidUTF8: "it is not UTF-8"
        case .duplicateKey: "a key occurs twice"
        case .trailingBytes: "something follows the end"
        }
    }
}

extension KerasFileError.GraphProblem {
    var words: String {
        switch self {
        case .malformedCall: "a call is not a list of tensors and arguments"
        case .malformedTensor: "a tensor is not the name of a layer and two numbers"
        case .unknownLayer(let name): "there is no layer \(Escaped.quoted(name))"
        case .noSuchCall(let layer, let call): "\(Escaped.quoted(layer)) has no call \(call)"
        case .cycle: "some wait for each other"
        }
    }
}

extension KerasFileError.ValueType {
    var words: String {
        switch self {
        case .group: "a group"
        case .dataset: "a dataset"
        case .string: "text"
        case .strings: "a list of texts"
        case .numbers: "numbers"
        case .integers: "whole numbers"
        case .null: "null"
        case .bool: "true or false"
        case .integer: "a whole number"
        case .float: "a number with a fraction"
        case .number: "a number"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
