/// A value's elements as whole numbers, whatever its type: fractions are cut off, as Keras casts them.
enum WholeNumbers<Number: Scalar> {
    case int32(Region<Int32>)
    case int64(Region<Int64>)
    case numbers(Region<Number>)

    var count: Int {
        switch self {
        case .int32(let region): region.count
        case .int64(let region): region.count
        case .numbers(let region): region.count
        }
    }

    /// nil for a NaN and what 64 bits do not hold.
    subscript(position: Int) -> Int64? {
        switch self {
        case .int32(let region): return Int64(region[position])
        case .int64(let region): return region[position]
        case .numbers(let region):
            let number = region[position]
            let limit = Number(Int64(1) << 62)
            guard number / 2 >= -limit, number / 2 < limit else { return nil }
            return Int64(number)
        }
    }
}

extension Planner {
    func wholeNumbers(_ value: ValueID) throws(ProgramError) -> WholeNumbers<Number> {
        switch type(of: value) {
        case .int32: .int32(try integers(value))
        case .int64: .int64(try wide(value))
        default: .numbers(try numbers(value))
        }
    }

    /// A tensor's elements where they lie.
    func elements<Element: BitwiseCopyable>(
        _ tensor: TensorID, as type: Element.Type, _ elementType: ElementType
    ) throws(ProgramError) -> Region<Element> {
        guard let elements = stored.elements(tensor, as: type, elementType) else { throw ProgramError(.tensorType(tensor: tensor.index)) }
        return elements
    }
}

/// Whole numbers as numbers to compute with.
struct ConversionStep<Number: Scalar> {
    let input: WholeNumbers<Number>
    let output: Region<Number>

    func run() {
        switch input {
        case .int32(let region): for index in 0..<region.count { output[index] = Number(region[index]) }
        case .int64(let region): for index in 0..<region.count { output[index] = Number(region[index]) }
        case .numbers(let region): output.copy(region)
        }
    }
}

extension Conversion {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        .conversion(ConversionStep(input: try planner.wholeNumbers(input), output: try planner.result()))
    }
}
