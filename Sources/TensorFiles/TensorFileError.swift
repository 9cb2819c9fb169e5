import FileOutput
import KerasFiles

/// Why a tensor file was refused or could not be written, and where. Text taken from a file is untrusted: escape it before printing.
public struct TensorFileError: Error, Equatable, Sendable {
    public var kind: Kind
    public var place: Place

    public init(_ kind: Kind, place: Place = Place()) {
        self.kind = kind
        self.place = place
    }

    /// Where in the file. Formats differ in what they can say.
    public struct Place: Equatable, Sendable {
        /// The array of an `.npz`, or the key of a JSON object.
        public var tensor: String?
        /// Bytes from the start of the `.npy` file.
        public var offset: UInt64?
        /// Lines and columns of a text count from 1; the columns of a table are its cells, those of JSON are bytes.
        public var line: Int?
        public var column: Int?
        /// The element, or the array inside an array.
        public var index: [Int]?

        public init(tensor: String? = nil, offset: UInt64? = nil, line: Int? = nil, column: Int? = nil, index: [Int]? = nil) {
            self.tensor = tensor
            self.offset = offset
            self.line = line
            self.column = column
            self.index = index
        }
    }

    public enum Kind: Equatable, Sendable {
        /// The file cannot be read, or the archive or the JSON text is damaged.
        case source(KerasFileError.Kind)
        /// The output cannot be written.
        case output(OutputFileError)
        /// Not a tensor file, but this.
        case unrecognised(KerasFileError.FileFormat)

        // .npy and .npz
        case npyVersion(major: UInt8, minor: UInt8)
        case npyHeader(HeaderProblem)
        /// An element type that is no number, truth value or text; as numpy writes it, such as `<c8` or `|O`.
        case elementType(String)
        /// The shape and the element type need another number of bytes than there are.
        case byteCount(expected: UInt64, found: UInt64)
        /// A truth value other than 0 and 1, or text that is not Unicode.
        case badElement
        /// An archive member whose name does not end in `.npy`.
        case notAnArray

        // Tables and lines
        case emptyTable
        case emptyLine
        case emptyCell
        case notANumber(String)
        /// A number beyond the largest Double.
        case numberTooLarge(String)
        case raggedRow(expected: Int, found: Int)
        case unterminatedQuote
        case textAfterQuote
        case invalidUTF8

        // JSON
        /// An array has another length, or another depth, than the ones before it.
        case raggedArray
        case mixedElements
        case notATensor(KerasFileError.ValueType)

        // Values
        case elementCount(shape: [Int], found: Int)
        case rank(Int)
        case notNumbers, notText
        case inexact, outOfRange

        // Writing
        /// The format holds one tensor.
        case tensorCount(Int)
        case duplicateName(String)
        /// The format holds numbers only, or text only.
        case elementsNotStorable
    }

    /// In what way the header of an `.npy` file is not the dictionary numpy writes.
    public enum HeaderProblem: Equatable, Sendable {
        case truncated, syntax, missingKey(String), duplicateKey(String), unknownKey(String), shape, padding
        /// A structured type, or any other that is not written as one string.
        case structured
    }
}

extension TensorFileError {
    init(_ error: KerasFileError) {
        self.init(.source(error.kind), place: Place(tensor: error.path, offset: error.offset))
    }

    /// The same error about a named tensor.
    func inside(_ tensor: String) -> TensorFileError {
        var error = self
        error.place.tensor = tensor
        return error
    }
}
