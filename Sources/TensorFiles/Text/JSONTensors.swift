import KerasFiles

/// Tensors as nested arrays: one without a name, or an object of named ones.
///
/// Numbers become double-precision numbers however they are written (`NaN`, `Infinity` and `-Infinity` included, as Python
/// writes them); arrays of truth values or of text are tensors of these.
enum JSONTensors {
    static func read(_ bytes: [UInt8], _ limits: Limits) throws(TensorFileError) -> [NamedTensor] {
        let text = Array(bytes.dropFirst(bytes.byteOrderMark))
        let json: JSON
        do { json = try JSON(parsing: text, limits: limits) } catch { throw located(error, in: text) }
        guard let object = json.objectValue else { return [NamedTensor(nil, try tensor(json, limits))] }
        var tensors: [NamedTensor] = []
        for (name, value) in object {
            do { tensors.append(NamedTensor(name, try tensor(value, limits))) } catch { throw error.inside(name) }
        }
        return tensors
    }

    /// An error of the parser, with line and column instead of an offset.
    private static func located(_ error: KerasFileError, in text: [UInt8]) -> TensorFileError {
        var located = TensorFileError(.source(error.kind), place: .init(tensor: error.key))
        if let offset = error.offset {
            let before = text.prefix(Int(offset))
            located.place.line = before.count { $0 == UInt8(ascii: "\n") } + 1
            located.place.column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
        }
        return located
    }

    private static func tensor(_ json: JSON, _ limits: Limits) throws(TensorFileError) -> TensorValue {
        var shape: [Int] = []
        var first = json
        while case .array(let array) = first {
            shape.append(array.count)
            guard shape.count <= limits.rank else { throw TensorFileError(.rank(shape.count)) }
            guard let inner = array.first else { break }
            first = inner
        }
        var collector = Collector(shape: shape)
        try collector.add(json)
        return try TensorValue(shape: shape, elements: collector.elements)
    }

    /// Walks through nested arrays that must all have the same shape, and elements of one kind.
    private struct Collector {
        let shape: [Int]
        private var index: [Int] = []
        private var numbers: [Double] = []
        private var bools: [Bool] = []
        private var strings: [String] = []

        init(shape: [Int]) { self.shape = shape }

        var elements: TensorElements {
            if !bools.isEmpty { return .bool(bools) }
            return strings.isEmpty ? .float64(numbers) : .strings(strings)
        }

        /// The recursion ends with the shape, which is no deeper than the limit.
        mutating func add(_ json: JSON) throws(TensorFileError) {
            if case .array(let array) = json {
                guard index.count < shape.count, array.count == shape[index.count] else { throw failure(.raggedArray) }
                for (position, element) in array.enumerated() {
                    index.append(position)
                    try add(element)
                    index.removeLast()
                }
                return
            }
            guard index.count == shape.count else { throw failure(.raggedArray) }
            switch json {
            case .bool(let value) where numbers.isEmpty && strings.isEmpty: bools.append(value)
            case .string(let value) where numbers.isEmpty && bools.isEmpty: strings.append(value)
            case .integer(let value) where bools.isEmpty && strings.isEmpty:
                guard let number = Double(exactly: value) else { throw failure(.inexact) }
                numbers.append(number)
            case .float(let value) where bools.isEmpty && strings.isEmpty: numbers.append(value)
            case .bigInteger: throw failure(.inexact)
            case .null, .object: throw failure(.notATensor(json.valueType))
            default: throw failure(.mixedElements)
            }
        }

        private func failure(_ kind: TensorFileError.Kind) -> TensorFileError {
            TensorFileError(kind, place: .init(index: index))
        }
    }
}
