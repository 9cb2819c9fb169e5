/// What a section of a `.nnc` file holds. Raw values are part of the file format; sections stand in the order of their raw
/// values without the highest bit, which marks the kinds that a reader must know or else refuse the file.
public enum SectionKind: UInt16, Hashable, Sendable, CaseIterable {
    /// Types, shapes and checksums of the tensors.
    case tensors = 0x8001
    /// What the model computes. Absent when the model cannot be run.
    case program = 0x8002
    /// Names of inputs, outputs and layers.
    case names = 0x0003
    /// Inputs and what each operation made of them when the file was written.
    case verification = 0x0004
    /// What the Keras file said, compressed.
    case source = 0x0005
    /// The tensors' bytes. Always the last.
    case data = 0xFFFF

    static let criticalBit: UInt16 = 0x8000
}

/// One section of a `.nnc` file.
public struct Section: Hashable, Sendable {
    /// The kind's number; of an ancillary section it may be one that this build does not know.
    public var rawKind: UInt16
    /// Where its bytes lie in the file.
    public var range: Range<Int>
    /// CRC-32C of those bytes. Zero for the data section, whose tensors have their own.
    public var checksum: UInt32

    public var kind: SectionKind? { SectionKind(rawValue: rawKind) }
}
