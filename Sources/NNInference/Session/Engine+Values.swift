extension Engine {
    /// Writes an input's elements, converted to its type.
    func setInput<Element: Scalar>(_ value: ValueID, count: Int, _ element: (Int) -> Element) throws(RunError) {
        switch info(value).type {
        case .number:
            let region = try region(count: count) { () throws(ProgramError) in try numbers(value) }
            for position in 0..<count { region[position] = Number(element(position)) }
        case .int32:
            let region = try region(count: count) { () throws(ProgramError) in try integers(value) }
            for position in 0..<count {
                guard let index = Int32(exactly: element(position)) else { throw RunError.notAnIndex(position: position) }
                region[position] = index
            }
        case .bool:
            let region = try region(count: count) { () throws(ProgramError) in try masks(value) }
            for position in 0..<count { region[position] = element(position) == 0 ? 0 : 1 }
        }
    }

    /// An output's elements.
    func output(_ value: ValueID) throws(RunError) -> Region<Number> {
        guard let count = info(value).shape.count else { throw RunError.noSuchOutput(value.index) }
        return try region(count: count) { () throws(ProgramError) in try numbers(value) }
    }

    /// A region that must have `count` elements. Its type was decided by the caller.
    func region<Element>(count: Int, _ find: () throws(ProgramError) -> Region<Element>) throws(RunError) -> Region<Element> {
        guard let region = try? find() else { throw RunError.elementCount(expected: 0, found: count) }
        guard region.count == count else { throw RunError.elementCount(expected: region.count, found: count) }
        return region
    }
}
