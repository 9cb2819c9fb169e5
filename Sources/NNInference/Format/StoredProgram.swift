/// The program section: what the model computes, and what a device wants to know before it tries.
public struct StoredProgram: Hashable, Sendable {
    public var program: Program
    public var needs: ProgramNeeds

    package static let fixedSize = 36
    package static let operationLimit = 65_535
}

/// What running a program takes. Stored for devices and people; a session computes its own and believes none of it.
public struct ProgramNeeds: Hashable, Sendable {
    /// Bytes of working memory for a batch of one; the largest number when an input leaves a dimension open.
    public var arenaBytes: UInt64
    /// Bytes that recurrent layers keep from one run to the next, for a batch of one.
    public var stateBytes: UInt64
    /// Multiply-accumulate operations for a batch of one; the largest number when an input leaves a dimension open.
    public var multiplyAccumulates: UInt64

    public init(arenaBytes: UInt64, stateBytes: UInt64, multiplyAccumulates: UInt64) {
        self.arenaBytes = arenaBytes
        self.stateBytes = stateBytes
        self.multiplyAccumulates = multiplyAccumulates
    }

    /// Stands for a number that depends on an open dimension.
    public static let unknown = UInt64.max
}

extension StoredProgram {
    /// Reads the section and checks the whole program against the tensor table.
    init(_ section: Section, tensors: [StoredTensor], _ bytes: RawSpan) throws(FormatError) {
        var fields = FieldReader(section.range, of: .program)
        let inputCount = try fields.u16(bytes)
        let outputCount = try fields.u16(bytes)
        let arena = try fields.u64(bytes)
        let state = try fields.u64(bytes)
        let multiplyAccumulates = try fields.u64(bytes)
        let kindsPlace = fields.position
        let kinds = try fields.u64(bytes)
        needs = ProgramNeeds(arenaBytes: arena, stateBytes: state, multiplyAccumulates: multiplyAccumulates)

        var inputs: [ValueInfo] = []
        for _ in 0..<inputCount { inputs.append(try StoredProgram.input(&fields, bytes)) }
        guard Int(outputCount) <= fields.remaining / 4 else {
            throw FormatError(.count(UInt64(outputCount)), at: section.range.lowerBound + 2)
        }
        var outputs: [ValueID] = []
        for _ in 0..<outputCount { outputs.append(ValueID(try fields.index(bytes))) }

        let operationsPlace = fields.position
        let operations = try StoredProgram.operations(&fields, bytes)
        guard kinds == OperationKind.set(of: operations) else { throw FormatError(.operationKinds, at: kindsPlace) }
        program = Program(inputs: inputs, operations: operations, outputs: outputs)
        do throws(ProgramError) {
            _ = try program.infer(tensors: tensors.map { $0.descriptor })
        } catch {
            throw FormatError(.program(error), at: operationsPlace)
        }
    }

    private static func input(_ fields: inout FieldReader, _ bytes: RawSpan) throws(FormatError) -> ValueInfo {
        let place = fields.position
        let rawType = try fields.u8(bytes)
        let rank = try fields.u8(bytes)
        try fields.zero(UInt16.self, bytes)
        guard let type = ValueType(rawValue: rawType) else { throw FormatError(.valueType(rawType), at: place) }
        guard rank >= 1, rank <= Shape.maximumRank else { throw FormatError(.rank(rank), at: place + 1) }
        var dimensions: [Int] = []
        for _ in 0..<rank {
            let dimension = try fields.u32(bytes)
            if dimension == .max {
                dimensions.append(Shape.unknown)
            } else if dimension > 0, let number = Int32(exactly: dimension) {
                dimensions.append(Int(number))
            } else {
                throw FormatError(.dimension(dimension), at: fields.position - 4)
            }
        }
        return ValueInfo(type, Shape(dimensions))
    }

    private static func operations(_ fields: inout FieldReader, _ bytes: RawSpan) throws(FormatError) -> [Operation] {
        let place = fields.position
        var words: [UInt32] = []
        words.reserveCapacity(fields.remaining / 4)
        while fields.remaining > 0 { words.append(try fields.u32(bytes)) }
        var records = RecordReader(words: words)
        var operations: [Operation] = []
        while !records.isAtEnd {
            guard operations.count < operationLimit else { throw FormatError(.count(UInt64(operations.count + 1)), at: place) }
            do throws(ProgramError) {
                operations.append(try records.next())
            } catch {
                throw FormatError(.program(ProgramError(error.problem, operation: operations.count)), at: place)
            }
        }
        return operations
    }
}

extension FieldReader {
    /// An index; one that this machine's integers cannot hold refers to nothing.
    mutating func index(_ bytes: RawSpan) throws(FormatError) -> Int {
        Int(clamping: try u32(bytes))
    }
}

extension OperationKind {
    /// The kinds that occur, one bit each: bit n for the kind with raw value n.
    package static func set(of operations: [Operation]) -> UInt64 {
        var set: UInt64 = 0
        for operation in operations { set |= 1 << UInt64(operation.kind.rawValue) }
        return set
    }
}
