/// Something that walks over the fields of an operation record.
///
/// Each record lists its fields once, in `visit(_:)`; encoding, decoding, renumbering and listing what an operation reads
/// are visitors over that one list, so that they cannot disagree.
package protocol FieldVisitor {
    mutating func value(_ value: inout ValueID) throws(ProgramError)
    mutating func optionalValue(_ value: inout ValueID?) throws(ProgramError)
    mutating func values(_ values: inout [ValueID]) throws(ProgramError)
    mutating func tensor(_ tensor: inout TensorID) throws(ProgramError)
    mutating func optionalTensor(_ tensor: inout TensorID?) throws(ProgramError)
    /// A number in `range`, stored as one unsigned word.
    mutating func integer(_ number: inout Int, in range: ClosedRange<Int>) throws(ProgramError)
    /// A signed list, stored as a count and that many two's-complement words.
    mutating func integers(_ numbers: inout [Int], in range: ClosedRange<Int>) throws(ProgramError)
    mutating func axes(_ axes: inout AxisSet) throws(ProgramError)
    /// All 64 bits count; stored as two words, the lower one first.
    mutating func bits(_ number: inout UInt64) throws(ProgramError)
    mutating func float(_ number: inout Float) throws(ProgramError)
    mutating func flags<Flags: OptionSet>(_ flags: inout Flags, all: Flags) throws(ProgramError) where Flags.RawValue == UInt32
    mutating func choice<Choice: RawRepresentable>(_ choice: inout Choice) throws(ProgramError) where Choice.RawValue == UInt8
    /// An activation in full: a word for the function, then its parameters.
    mutating func activation(_ activation: inout Activation) throws(ProgramError)
    /// The activation that ends an operation: its function stands in the record's head, its parameters here.
    mutating func finalActivation(_ activation: inout Activation) throws(ProgramError)
    /// The last field of a record: there or not, as the record's length says.
    mutating func trailingStandardization(_ statistics: inout Statistics?) throws(ProgramError)
}

/// One operation's fields, its shape rule and its cost.
protocol OperationRecord: Hashable, Sendable {
    static var kind: OperationKind { get }
    /// A record to decode into.
    init()
    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(ProgramError)
    /// The results' types and shapes. Throws when the inputs, tensors and attributes do not fit together; an unknown dimension fits anything.
    func infer(_ context: ShapeContext) throws(ProgramError) -> [ValueInfo]
    /// Multiply-accumulate operations for these known shapes. An elementwise pass counts as none.
    func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64

    /// Elements that the operation keeps from one run to the next, for known shapes.
    func stateCount(_ context: ShapeContext) throws(ProgramError) -> Int
    /// Whether one run begins with the state that the one before ended with, whatever the session is told.
    var keepsState: Bool { get }

    /// Where the first result lives.
    var resultStorage: ResultStorage { get }
    /// Memory the operation works in while it runs.
    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int
    /// How the steps read weights; nil if they read the tensors, once for some rows of the result.
    func weightUse<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> WeightUse?
    /// The steps that compute the results, in order.
    func makeSteps<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> [Step<Number>]
    /// The step, for an operation that is one.
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number>
}

extension OperationRecord {
    package func multiplyAccumulates(_ context: ShapeContext, results: [ValueInfo]) -> UInt64 { 0 }
    func stateCount(_ context: ShapeContext) throws(ProgramError) -> Int { 0 }
    var keepsState: Bool { false }
    var resultStorage: ResultStorage { .own }
    func weightUse<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> WeightUse? { nil }
    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int { 0 }
    func makeSteps<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> [Step<Number>] { [try makeStep(&planner)] }
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> { .none }
}
