/// Lists or renumbers the values and tensors that an operation reads.
package struct Uses: FieldVisitor {
    package private(set) var values: [ValueID] = []
    package private(set) var tensors: [TensorID] = []
    private let renumberValue: [Int: Int]
    private let renumberTensor: [Int: Int]

    /// - Parameters: maps from old indices to new ones; an index that is in neither stays as it is.
    package init(renumberingValues values: [Int: Int] = [:], tensors: [Int: Int] = [:]) {
        renumberValue = values
        renumberTensor = tensors
    }

    package mutating func value(_ value: inout ValueID) {
        if let index = renumberValue[value.index] { value.index = index }
        values.append(value)
    }
    package mutating func optionalValue(_ value: inout ValueID?) {
        guard var known = value else { return }
        self.value(&known)
        value = known
    }
    package mutating func values(_ values: inout [ValueID]) {
        for index in values.indices { value(&values[index]) }
    }
    package mutating func tensor(_ tensor: inout TensorID) {
        if let index = renumberTensor[tensor.index] { tensor.index = index }
        tensors.append(tensor)
    }
    package mutating func optionalTensor(_ tensor: inout TensorID?) {
        guard var known = tensor else { return }
        self.tensor(&known)
        tensor = known
    }
    package mutating func integer(_ number: inout Int, in range: ClosedRange<Int>) {}
    package mutating func integers(_ numbers: inout [Int], in range: ClosedRange<Int>) {}
    package mutating func axes(_ axes: inout AxisSet) {}
    package mutating func bits(_ number: inout UInt64) {}
    package mutating func float(_ number: inout Float) {}
    package mutating func flags<Flags: OptionSet>(_ flags: inout Flags, all: Flags) where Flags.RawValue == UInt32 {}
    package mutating func choice<Choice: RawRepresentable>(_ choice: inout Choice) where Choice.RawValue == UInt8 {}
    package mutating func activation(_ activation: inout Activation) {}
    package mutating func finalActivation(_ activation: inout Activation) {}
    package mutating func trailingStandardization(_ statistics: inout Statistics?) throws(ProgramError) {
        guard var known = statistics else { return }
        try known.visit(&self)
        statistics = known
    }
}
