/// Reads operation records. Every word is checked: an index, choice or flag outside its range is an error, and so is a record
/// that is longer or shorter than its fields.
package struct RecordReader: FieldVisitor {
    private let words: [UInt32]
    private var position = 0
    private var end = 0
    private var field = 0
    private var finalFunction: UInt8 = 0

    package init(words: [UInt32]) { self.words = words }

    package var isAtEnd: Bool { position == words.count }

    package mutating func next() throws(ProgramError) -> Operation {
        guard position < words.count else { throw ProgramError(.recordLength) }
        let head = words[position]
        let length = Int(head >> 24)
        guard length >= 1, length <= words.count - position else { throw ProgramError(.recordLength) }
        guard let kind = OperationKind(rawValue: UInt8(head & 0xFF)) else { throw ProgramError(.unknownKind(UInt8(head & 0xFF))) }
        let version = UInt8(head >> 8 & 0xFF)
        guard version == kind.version else { throw ProgramError(.unknownVersion(kind: kind.rawValue, version: version)) }
        finalFunction = UInt8(head >> 16 & 0xFF)
        end = position + length
        position += 1
        field = 0
        var operation = Operation(kind: kind)
        try operation.visit(&self)
        // A final activation that no field took would be a second spelling of the same operation.
        guard position == end, finalFunction == 0 else { throw ProgramError(.recordLength) }
        return operation
    }

    private mutating func word() throws(ProgramError) -> UInt32 {
        guard position < end else { throw ProgramError(.recordLength) }
        defer { position += 1 }
        field += 1
        return words[position]
    }

    /// An index or a count. What the integers of a 32-bit machine cannot hold is beyond any table, as the largest of them is.
    private mutating func index() throws(ProgramError) -> Int { Int(clamping: try word()) }

    private func outOfRange() -> ProgramError { ProgramError(.field(field - 1)) }

    package mutating func value(_ value: inout ValueID) throws(ProgramError) { value = ValueID(try index()) }
    package mutating func optionalValue(_ value: inout ValueID?) throws(ProgramError) {
        let index = try word()
        value = index == .max ? nil : ValueID(Int(clamping: index))
    }
    package mutating func values(_ values: inout [ValueID]) throws(ProgramError) {
        let count = try index()
        guard count <= end - position else { throw ProgramError(.recordLength) }
        values = []
        for _ in 0..<count { values.append(ValueID(try index())) }
    }
    package mutating func tensor(_ tensor: inout TensorID) throws(ProgramError) { tensor = TensorID(try index()) }
    package mutating func optionalTensor(_ tensor: inout TensorID?) throws(ProgramError) {
        let index = try word()
        tensor = index == .max ? nil : TensorID(Int(clamping: index))
    }
    package mutating func integer(_ number: inout Int, in range: ClosedRange<Int>) throws(ProgramError) {
        guard let found = Int(exactly: try word()), range.contains(found) else { throw outOfRange() }
        number = found
    }
    package mutating func integers(_ numbers: inout [Int], in range: ClosedRange<Int>) throws(ProgramError) {
        let count = try index()
        guard count <= end - position else { throw ProgramError(.recordLength) }
        numbers = []
        for _ in 0..<count {
            let number = Int(Int32(bitPattern: try word()))
            guard range.contains(number) else { throw outOfRange() }
            numbers.append(number)
        }
    }
    package mutating func axes(_ axes: inout AxisSet) throws(ProgramError) {
        axes = AxisSet(bits: try word())
        guard axes.isWithin(rank: Shape.maximumRank) else { throw outOfRange() }
    }
    package mutating func bits(_ number: inout UInt64) throws(ProgramError) {
        let low = try word()
        number = UInt64(try word()) << 32 | UInt64(low)
    }
    package mutating func float(_ number: inout Float) throws(ProgramError) { number = Float(bitPattern: try word()) }
    package mutating func flags<Flags: OptionSet>(_ flags: inout Flags, all: Flags) throws(ProgramError) where Flags.RawValue == UInt32 {
        let bits = try word()
        guard bits & ~all.rawValue == 0 else { throw outOfRange() }
        flags = Flags(rawValue: bits)
    }
    package mutating func choice<Choice: RawRepresentable>(_ choice: inout Choice) throws(ProgramError) where Choice.RawValue == UInt8 {
        let number = try word()
        guard let raw = UInt8(exactly: number), let found = Choice(rawValue: raw) else { throw outOfRange() }
        choice = found
    }
    package mutating func activation(_ activation: inout Activation) throws(ProgramError) {
        let number = try word()
        guard let raw = UInt8(exactly: number), let function = ActivationFunction(rawValue: raw) else { throw outOfRange() }
        activation = try parameters(of: function)
    }
    package mutating func finalActivation(_ activation: inout Activation) throws(ProgramError) {
        guard let function = ActivationFunction(rawValue: finalFunction) else { throw ProgramError(.field(0)) }
        finalFunction = 0
        activation = try parameters(of: function)
    }
    package mutating func trailingStandardization(_ statistics: inout Statistics?) throws(ProgramError) {
        guard position < end else { return statistics = nil }
        var found = Statistics()
        try found.visit(&self)
        statistics = found
    }

    private mutating func parameters(of function: ActivationFunction) throws(ProgramError) -> Activation {
        var parameters: [Float] = [0, 0, 0]
        for index in 0..<function.parameterCount { parameters[index] = Float(bitPattern: try word()) }
        return Activation(function, parameters[0], parameters[1], parameters[2])
    }
}
