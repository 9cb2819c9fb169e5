/// Whole numbers as numbers to compute with.
public struct Conversion: OperationRecord {
    public static let kind = OperationKind.conversion

    public var input: ValueID

    public init(input: ValueID = ValueID(0)) { self.input = input }

    package init() { self.init(input: ValueID(0)) }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError) {
        try visitor.value(&input)
    }

    package func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo] {
        let info = try context.info(input)
        guard info.type.isInteger else { throw ProgramError(.valueType(expected: .int32, found: info.type)) }
        return [ValueInfo(.number, info.shape)]
    }
}
