import FileOutput
import KerasFiles

/// The tensors of one file: what a user gives to a model, or takes from it.
public struct TensorFile: Sendable {
    /// In the order of the file. Formats for one tensor, and JSON without an object, give it no name.
    public var tensors: [NamedTensor]
    /// The names in the first row of a table that has such a row.
    public var columnNames: [String]?
    /// What the tensors were read from; nil for tensors that were not.
    public private(set) var format: TensorFileFormat?

    public init(_ tensors: [NamedTensor]) {
        self.tensors = tensors
    }

    /// Reads tensors from a file or from bytes. The format is recognised by content unless it is given; lines of text
    /// (`.txt`) must be, as they look like a table. A table is one of numbers, unless `texts` are wanted. Takes memory in proportion to the bytes there are, whatever they claim.
    public init(
        reading source: ByteSource, as format: TensorFileFormat? = nil, texts: Bool = false, limits: Limits = Limits()
    ) throws(TensorFileError) {
        let format = if let format { format } else { try TensorFileFormat(recognising: source) }
        self.format = format
        switch format {
        case .npy: tensors = [NamedTensor(nil, try NPYReader.read(source, limits))]
        case .npz: tensors = try NPZ.read(source, limits)
        case .csv where texts: tensors = [NamedTensor(nil, try TextTable.read(source.allBytes()))]
        case .csv:
            let table = try NumberTable(parsing: source.allBytes())
            tensors = [NamedTensor(nil, try table.tensor)]
            columnNames = table.columnNames
        case .json: tensors = try JSONTensors.read(source.allBytes(), limits)
        case .txt: tensors = [NamedTensor(nil, try TextLines.read(source.allBytes()))]
        }
    }

    /// The bytes of a file. The same tensors always give the same bytes.
    ///
    /// `.npy`, `.csv` and `.txt` hold one tensor (`.tensorCount`); a table has at most two dimensions (`.rank`), and one row
    /// for every element when it has one. Floating-point numbers in text have the fewest digits that read back the same.
    public func bytes(as format: TensorFileFormat) throws(TensorFileError) -> [UInt8] {
        var all: [UInt8] = []
        try emit(format) { (part: [UInt8]) throws(TensorFileError) in all += part }
        return all
    }

    /// Writes a file that appears complete or not at all. Throws `.output`, or what ``bytes(as:)`` throws.
    public func write(to path: String, as format: TensorFileFormat, replacing: Bool = false) throws(TensorFileError) {
        func failure(_ error: OutputFileError) -> TensorFileError { TensorFileError(.output(error)) }
        var file: OutputFile
        do { file = try OutputFile(path: path, replacing: replacing) } catch { throw failure(error) }
        try emit(format) { (part: [UInt8]) throws(TensorFileError) in
            do throws(OutputFileError) { try file.write(part) } catch { throw failure(error) }
        }
        do { try file.commit() } catch { throw failure(error) }
    }

    private func emit(
        _ format: TensorFileFormat, _ write: ([UInt8]) throws(TensorFileError) -> Void
    ) throws(TensorFileError) {
        switch format {
        case .npy: try write(NPYWriter.bytes(single))
        case .npz: try NPZ.write(tensors, write)
        case .csv: try write(NumberTable.bytes(single))
        case .json: try write(JSONTensors.bytes(tensors))
        case .txt: try write(TextLines.bytes(single))
        }
    }

    private var single: TensorValue {
        get throws(TensorFileError) {
            guard let first = tensors.first, tensors.count == 1 else { throw TensorFileError(.tensorCount(tensors.count)) }
            return first.value
        }
    }
}
