/// What a shape rule may look at: the values before the operation and the tensor table.
package struct ShapeContext {
    package var values: [ValueInfo]
    package var tensors: [TensorDescriptor]

    package init(values: [ValueInfo], tensors: [TensorDescriptor]) {
        self.values = values
        self.tensors = tensors
    }

    package func info(_ value: ValueID) throws(ProgramError) -> ValueInfo {
        guard values.indices.contains(value.index) else { throw ProgramError(.valueIndex(value.index)) }
        return values[value.index]
    }

    package func shape(_ value: ValueID, _ type: ValueType = .number) throws(ProgramError) -> Shape {
        let info = try info(value)
        guard info.type == type else { throw ProgramError(.valueType(expected: type, found: info.type)) }
        return info.shape
    }

    package func tensorShape(_ tensor: TensorID) throws(ProgramError) -> [Int] {
        guard tensors.indices.contains(tensor.index) else { throw ProgramError(.tensorIndex(tensor.index)) }
        return tensors[tensor.index].shape
    }

    /// Checks that a tensor holds weights in exactly this shape.
    package func require(_ tensor: TensorID?, shape: [Int]) throws(ProgramError) {
        guard let tensor else { return }
        let found = try tensorShape(tensor)
        guard tensors[tensor.index].elementType.isWeight else { throw ProgramError(.tensorType(tensor: tensor.index)) }
        guard found.count == shape.count, zip(found, shape).allSatisfy({ Shape.agree($0, $1) }) else {
            throw ProgramError(.tensorShape(tensor: tensor.index, expected: shape, found: found))
        }
    }

    /// Checks a tensor of one dimension and another type, and gives its number of elements.
    package func require(_ tensor: TensorID, list type: ElementType, count: Int = Shape.unknown) throws(ProgramError) -> Int {
        let found = try tensorShape(tensor)
        guard tensors[tensor.index].elementType == type, tensors[tensor.index].layout == .rowMajor else {
            throw ProgramError(.tensorType(tensor: tensor.index))
        }
        guard found.count == 1, Shape.agree(found[0], count) else {
            throw ProgramError(.tensorShape(tensor: tensor.index, expected: [count], found: found))
        }
        return found[0]
    }

    /// Checks a tensor of weights of `rank` dimensions and gives its shape.
    package func require(_ tensor: TensorID, rank: Int) throws(ProgramError) -> [Int] {
        let found = try tensorShape(tensor)
        guard tensors[tensor.index].elementType.isWeight else { throw ProgramError(.tensorType(tensor: tensor.index)) }
        guard found.count == rank else {
            throw ProgramError(.tensorShape(tensor: tensor.index, expected: Array(repeating: Shape.unknown, count: rank), found: found))
        }
        return found
    }
}

/// Arithmetic on dimensions that may be unknown.
enum Dimension {
    static func multiply(_ a: Int, _ b: Int) throws(ProgramError) -> Int {
        guard a != Shape.unknown, b != Shape.unknown else { return Shape.unknown }
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        guard !overflow else { throw ProgramError(.overflow) }
        return product
    }

    static func add(_ a: Int, _ b: Int) throws(ProgramError) -> Int {
        guard a != Shape.unknown, b != Shape.unknown else { return Shape.unknown }
        let (sum, overflow) = a.addingReportingOverflow(b)
        guard !overflow else { throw ProgramError(.overflow) }
        return sum
    }

    /// For numbers that are known; either may be negative.
    static func subtract(_ a: Int, _ b: Int) throws(ProgramError) -> Int {
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        guard !overflow else { throw ProgramError(.overflow) }
        return difference
    }
}

/// A cost as a 64-bit count; an overflowing or unknown one is the largest count.
func saturatingProduct(_ factors: Int...) -> UInt64 {
    var result: UInt64 = 1
    for factor in factors {
        guard factor >= 0 else { return .max }
        let (product, overflow) = result.multipliedReportingOverflow(by: UInt64(factor))
        guard !overflow else { return .max }
        result = product
    }
    return result
}
