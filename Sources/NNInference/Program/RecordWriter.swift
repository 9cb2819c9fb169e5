/// Writes operation records as little-endian 32-bit words.
///
/// A record's first word is its head: kind, version, function of the final activation, length in words (the head included).
package struct RecordWriter: FieldVisitor {
    package private(set) var words: [UInt32] = []
    private var head = 0

    package init() {}

    package mutating func append(_ operation: Operation) throws(ProgramError) {
        head = words.count
        var copy = operation
        words.append(UInt32(operation.kind.rawValue) | UInt32(operation.kind.version) << 8)
        try copy.visit(&self)
        let length = words.count - head
        guard length <= 255 else { throw ProgramError(.recordLength) }
        words[head] |= UInt32(length) << 24
    }

    package mutating func value(_ value: inout ValueID) throws(ProgramError) { words.append(UInt32(value.index)) }
    package mutating func optionalValue(_ value: inout ValueID?) throws(ProgramError) {
        words.append(value.map { UInt32($0.index) } ?? .max)
    }
    package mutating func values(_ values: inout [ValueID]) throws(ProgramError) {
        words.append(UInt32(values.count))
        for value in values { words.append(UInt32(value.index)) }
    }
    package mutating func tensor(_ tensor: inout TensorID) throws(ProgramError) { words.append(UInt32(tensor.index)) }
    package mutating func optionalTensor(_ tensor: inout TensorID?) throws(ProgramError) {
        words.append(tensor.map { UInt32($0.index) } ?? .max)
    }
    package mutating func integer(_ number: inout Int, in range: ClosedRange<Int>) throws(ProgramError) {
        guard range.contains(number), let word = UInt32(exactly: number) else { throw ProgramError(.field(words.count - head)) }
        words.append(word)
    }
    package mutating func integers(_ numbers: inout [Int], in range: ClosedRange<Int>) throws(ProgramError) {
        words.append(UInt32(numbers.count))
        for number in numbers {
            guard range.contains(number), let word = Int32(exactly: number) else { throw ProgramError(.field(words.count - head)) }
            words.append(UInt32(bitPattern: word))
        }
    }
    package mutating func axes(_ axes: inout AxisSet) throws(ProgramError) { words.append(axes.bits) }
    package mutating func bits(_ number: inout UInt64) throws(ProgramError) {
        words.append(UInt32(truncatingIfNeeded: number))
        words.append(UInt32(truncatingIfNeeded: number >> 32))
    }
    package mutating func float(_ number: inout Float) throws(ProgramError) { words.append(number.bitPattern) }
    package mutating func flags<Flags: OptionSet>(_ flags: inout Flags, all: Flags) throws(ProgramError) where Flags.RawValue == UInt32 {
        words.append(flags.rawValue)
    }
    package mutating func choice<Choice: RawRepresentable>(_ choice: inout Choice) throws(ProgramError) where Choice.RawValue == UInt8 {
        words.append(UInt32(choice.rawValue))
    }
    package mutating func activation(_ activation: inout Activation) throws(ProgramError) {
        words.append(UInt32(activation.function.rawValue))
        appendParameters(activation)
    }
    package mutating func finalActivation(_ activation: inout Activation) throws(ProgramError) {
        words[head] |= UInt32(activation.function.rawValue) << 16
        appendParameters(activation)
    }
    package mutating func trailingStandardization(_ statistics: inout Statistics?) throws(ProgramError) {
        try statistics?.visit(&self)
    }

    private mutating func appendParameters(_ activation: Activation) {
        let parameters = [activation.a, activation.b, activation.c]
        for index in 0..<activation.function.parameterCount { words.append(parameters[index].bitPattern) }
    }
}
