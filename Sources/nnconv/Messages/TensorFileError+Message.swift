import KerasFiles
import TensorFiles

extension TensorFileError: Explained {
    var message: Message {
        var message = kind.message
        message.places += [
            place.tensor.map { "tensor " + Escaped.quoted($0) }, place.line.map { "line \($0)" }, place.column.map { "column \($0)" },
            place.offset.map { "byte \($0)" }, place.index.map { "element \($0)" },
        ].compactMap { $0 }
        return message
    }
}

extension TensorFileError.Kind: Explained {
    var message: Message {
        switch self {
        case .source(let kind): kind.message
        case .output(let error): error.message
        case .unrecognised(let format): Message("is no file of numbers: " + format.words, remedy: "Give .npy, .npz, .csv, .json or .txt.")
        case .npyVersion(let major, let minor): Message("has version \(major).\(minor) of the .npy format, which is not supported")
        case .npyHeader(let problem): Message("has a header that numpy does not write: " + problem.words)
        case .elementType(let type): Message("has elements of type \(Escaped.quoted(type)), which are no numbers")
        case .byteCount(let expected, let found): Message("needs \(expected) bytes of elements and has \(found)")
        case .badElement: Message("has an element that its type does not allow")
        case .notAnArray: Message("is an archive with something else than .npy arrays")
        case .emptyTable: Message("is an empty table")
        case .emptyLine: Message("has an empty line")
        case .emptyCell: Message("has an empty cell")
        case .notANumber(let text): Message("has \(Escaped.quoted(text, limit: 40)) where a number must be")
        case .numberTooLarge(let text): Message("has a number that is too large: \(Escaped.name(text, limit: 40))")
        case .raggedRow(let expected, let found): Message("has a row of \(found) numbers where the others have \(expected)")
        case .unterminatedQuote: Message("has a quotation mark without its partner")
        case .textAfterQuote: Message("has text after a quotation mark")
        case .invalidUTF8: Message("is not UTF-8")
        case .raggedArray: Message("has an array whose parts differ in length or depth")
        case .mixedElements: Message("has an array of different kinds of elements")
        case .notATensor(let type): Message("has \(type.words) where numbers must be")
        case .elementCount(let shape, let found): Message("has \(found) elements for the shape \(Figures.shape(shape))")
        case .rank(let rank): Message("has \(rank) dimensions, more than the format holds", remedy: "Use .npy, .npz or .json.")
        case .notNumbers: Message("has text where numbers are needed")
        case .notText: Message("has numbers where text is needed")
        case .inexact: Message("has a number that cannot be given to the model without changing it")
        case .outOfRange: Message("has a number beyond single precision")
        case .tensorCount(let count): Message("would hold \(count) tensors, and the format holds one", remedy: "Use .npz or .json.", .usage)
        case .duplicateName(let name): Message("would hold two tensors called \(Escaped.quoted(name))")
        case .elementsNotStorable: Message("cannot hold elements of this type", remedy: "Use .npy, .npz or .json.", .usage)
        }
    }
}

extension TensorFileError.HeaderProblem {
    fileprivate var words: String {
        switch self {
        case .truncated: "it ends too early"
        case .syntax: "it is not a Python dictionary"
        case .missingKey(let key): "the key \(Escaped.quoted(key)) is missing"
        case .duplicateKey(let key): "the key \(Escaped.quoted(key)) is there twice"
        case .unknownKey(let key): "the key \(Escaped.quoted(key)) is unknown"
        case .shape: "the shape is impossible"
        case .padding: "it is padded with something else than blanks"
        case .structured: "the elements are structures"
        }
    }
}

extension KerasFileError.FileFormat {
    fileprivate var words: String {
        switch self {
        case .empty: "it is empty"
        case .hdf5: "it is an HDF5 file"
        case .zip: "it is a zip archive"
        default: "its content is not known"
        }
    }
}
