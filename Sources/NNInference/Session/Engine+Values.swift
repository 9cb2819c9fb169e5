/// The memory of an input or output, by its type.
enum ValueRegion<Number: Scalar> {
    case numbers(Region<Number>)
    case integers(Region<Int32>)
    case wide(Region<Int64>)
    case mask(Region<UInt8>)
    case texts(Region<TextSlice>)

    var count: Int {
        switch self {
        case .numbers(let region): region.count
        case .integers(let region): region.count
        case .wide(let region): region.count
        case .mask(let region): region.count
        case .texts(let region): region.count
        }
    }

    var bytes: Region<UInt8> {
        switch self {
        case .numbers(let region): region.bytes
        case .integers(let region): region.bytes
        case .wide(let region): region.bytes
        case .mask(let region): region.bytes
        case .texts(let region): region.bytes
        }
    }

    /// Makes all elements zero, or empty.
    func clear() {
        switch self {
        case .numbers(let region): region.fill(0)
        case .integers(let region): region.fill(0)
        case .wide(let region): region.fill(0)
        case .mask(let region): region.fill(0)
        case .texts(let region): region.fill(.empty)
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
        case .wide(let region):
            for position in 0..<count {
                guard let number = Int64(exactly: element(position)) else { throw RunError.notAnIndex(position: position) }
                region.base[position] = number
            }
        case .mask(let region):
            for position in 0..<count { region.base[position] = element(position) == 0 ? 0 : 1 }
        case .texts: throw RunError.notText(position: 0)
        }
    }

    /// Writes all elements from whole numbers.
    func write<Element: FixedWidthInteger>(integers count: Int, _ element: (Int) -> Element) throws(RunError) {
        guard count == self.count else { throw RunError.elementCount(expected: self.count, found: count) }
        switch self {
        case .numbers(let region):
            for position in 0..<count { region.base[position] = Number(element(position)) }
        case .integers(let region):
            for position in 0..<count {
                guard let index = Int32(exactly: element(position)) else { throw RunError.notAnIndex(position: position) }
                region.base[position] = index
            }
        case .wide(let region):
            for position in 0..<count { region.base[position] = Int64(element(position)) }
        case .mask(let region):
            for position in 0..<count { region.base[position] = element(position) == 0 ? 0 : 1 }
        case .texts: throw RunError.notText(position: 0)
        }
    }

    /// One element as a number. For a text it is the lower 20 bits of its FarmHash fingerprint, which tells texts apart.
    func number(at position: Int) -> Number {
        switch self {
        case .numbers(let region): region[position]
        case .integers(let region): Number(region[position])
        case .wide(let region): Number(region[position])
        case .mask(let region): Number(region[position])
        case .texts(let region): Number(FarmHash.fingerprint(region[position]) & 0xF_FFFF)
        }
    }
}

extension Planner {
    /// A value's memory, whatever its type.
    func valueRegion(_ value: ValueID) throws(ProgramError) -> ValueRegion<Number> {
        switch type(of: value) {
        case .number: .numbers(try numbers(value))
        case .int32: .integers(try integers(value))
        case .int64: .wide(try wide(value))
        case .bool: .mask(try mask(value))
        case .text: .texts(try texts(value))
        }
    }
}
