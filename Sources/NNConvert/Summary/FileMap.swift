import NNInference

/// Where every byte of a `.nnc` file belongs: the parts lie end to end from the first byte to the last.
public struct FileMap: Sendable {
    public struct Part: Sendable, Equatable {
        public var kind: Kind
        public var range: Range<Int>
    }

    public enum Kind: Sendable, Equatable {
        case header
        case sectionTable(count: Int)
        /// A section other than the data section, by its kind's number.
        case section(UInt16)
        /// Zeros that bring what follows to its alignment.
        case padding
        /// A tensor, by its place in the table.
        case tensor(Int)
    }

    public private(set) var parts: [Part] = []

    public init(_ layout: FileLayout) {
        let tableEnd = FileHeader.size + FileHeader.entrySize * layout.sections.count
        add(.header, 0..<FileHeader.size)
        add(.sectionTable(count: layout.sections.count), FileHeader.size..<tableEnd)
        for section in layout.sections where section.kind != .data { add(.section(section.rawKind), section.range) }
        for (index, tensor) in layout.tensors.enumerated() where !tensor.range.isEmpty { add(.tensor(index), tensor.range) }
        if end < layout.header.length { parts.append(Part(kind: .padding, range: end..<layout.header.length)) }
    }

    private var end: Int { parts.last?.range.upperBound ?? 0 }

    /// Adds a part, and the padding before it.
    private mutating func add(_ kind: Kind, _ range: Range<Int>) {
        if end < range.lowerBound { parts.append(Part(kind: .padding, range: end..<range.lowerBound)) }
        parts.append(Part(kind: kind, range: range))
    }
}
