/// The memory of an input or output, by its type.
enum ValueRegion<Number: Scalar> {
    case numbers(Region<Number>)
    case integers(Region<Int32>)
    case mask(Region<UInt8>)

    var count: Int {
        switch self {
        case .numbers(let region): region.count
        case .integers(let region): region.count
        case .mask(let region): region.count
        }
    }

    func fill(_ number: Int32) {
        switch self {
        case .numbers(let region): region.fill(Number(number))
        case .integers(let region): region.fill(number)
        case .mask(let region): region.fill(number == 0 ? 0 : 1)
        }
    }

    /// Writes all elements, converted to the region's type.
    func write<Element: Scalar>(count: Int, _ element: (Int) -> Element) throws(RunError) {
        guard count == self.count else { throw RunError.elementCount(expected: self.count, found: count) }
        switch self {
        case .numbers(let region):
            for position in 0..<count { region.base[position] = Number(element(position)) }
        case .integers(let region):
            for position in 0..<count {
                guard let index = Int32(exactly: element(position)) else { throw RunError.notAnIndex(position: position) }
                region.base[position] = index
            }
        case .mask(let region):
            for position in 0..<count { region.base[position] = element(position) == 0 ? 0 : 1 }
        }
    }

    /// One element as a number.
    func number(at position: Int) -> Number {
        switch self {
        case .numbers(let region): region[position]
        case .integers(let region): Number(region[position])
        case .mask(let region): Number(region[position])
        }
    }
}

extension Planner {
    /// A value's memory, whatever its type.
    func valueRegion(_ value: ValueID) throws(ProgramError) -> ValueRegion<Number> {
        switch type(of: value) {
        case .number: .numbers(try numbers(value))
        case .int32: .integers(try integers(value))
        case .bool: .mask(try mask(value))
        }
    }
}
