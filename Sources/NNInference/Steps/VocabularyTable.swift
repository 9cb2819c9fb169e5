/// The entries of a table where they lie in the model, checked when a session is made.
enum VocabularyEntries {
    case integers(Region<Int64>)
    case texts(bytes: Region<UInt8>, ends: Region<UInt32>)

    var count: Int {
        switch self {
        case .integers(let region): region.count
        case .texts(_, let ends): ends.count
        }
    }

    /// The text at a place of a table of texts.
    static func text(_ bytes: Region<UInt8>, _ ends: Region<UInt32>, _ index: Int) -> TextSlice {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return TextSlice(base: UnsafePointer(bytes.base + start), count: Int(ends[index]) - start)
    }
}

/// A table in rising order and what stands beside its entries.
struct VocabularyTable {
    let entries: VocabularyEntries
    let places: Region<Int32>

    /// The place of a number in a table of numbers; nil if it is not there.
    func find(_ number: Int64) -> Int32? {
        guard case .integers(let region) = entries else { return nil }
        return find { region[$0] < number ? -1 : region[$0] == number ? 0 : 1 }
    }

    func find(_ text: TextSlice) -> Int32? {
        guard case .texts(let bytes, let ends) = entries else { return nil }
        return find { VocabularyEntries.text(bytes, ends, $0).compared(to: text) }
    }

    /// - Parameter order: whether an entry comes before what is searched, is it, or comes after it.
    @inline(__always)
    private func find(_ order: (Int) -> Int) -> Int32? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = low + (high - low) / 2
            let found = order(middle)
            if found == 0 { return places[middle] }
            if found < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

extension Planner {
    /// - Complexity: looks at every entry, because later runs rely on them.
    func entries(_ entries: TableEntries, areSorted: Bool) throws(ProgramError) -> VocabularyEntries {
        guard let ends = entries.ends else {
            let numbers = try elements(entries.elements, as: Int64.self, .int64)
            for index in 1..<max(numbers.count, 1) where areSorted && numbers[index] <= numbers[index - 1] {
                throw ProgramError(.tensorContent(tensor: entries.elements.index))
            }
            return .integers(numbers)
        }
        let bytes = try elements(entries.elements, as: UInt8.self, .uint8)
        let places = try elements(ends, as: UInt32.self, .uint32)
        var previous = TextSlice.empty
        var start: UInt32 = 0
        for index in 0..<places.count {
            guard places[index] >= start, Int(places[index]) <= bytes.count else { throw ProgramError(.tensorContent(tensor: ends.index)) }
            start = places[index]
            let text = VocabularyEntries.text(bytes, places, index)
            if areSorted, index > 0, previous.compared(to: text) >= 0 { throw ProgramError(.tensorContent(tensor: entries.elements.index)) }
            previous = text
        }
        return .texts(bytes: bytes, ends: places)
    }

    func table(_ table: SortedTable) throws(ProgramError) -> VocabularyTable {
        let places = try elements(table.places, as: Int32.self, .int32)
        for index in 0..<places.count where places[index] < 0 { throw ProgramError(.tensorContent(tensor: table.places.index)) }
        return VocabularyTable(entries: try entries(table.entries, areSorted: true), places: places)
    }
}
