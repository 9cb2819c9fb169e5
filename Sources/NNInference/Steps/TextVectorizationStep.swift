/// Splits texts and finds their tokens in a table.
struct TextVectorizationStep<Number: Scalar> {
    enum Output {
        case sequence(Region<Int32>)
        case bag(Region<Number>, counts: Bool)
    }

    let input: Region<TextSlice>
    /// Texts that make one row of the result.
    let rowLength: Int
    let rows: Int
    let table: VocabularyTable
    let record: TextVectorization
    let output: Output
    let tokens: TokenBuffer

    func run() throws(RunError) {
        switch output {
        case .sequence(let region): region.fill(0)
        case .bag(let region, _): region.fill(0)
        }
        for row in 0..<rows {
            tokens.split(input[row * rowLength..<(row + 1) * rowLength], record)
            var written = 0
            if record.widths.isEmpty {
                write(width: 1, row, &written)
            } else {
                // (An iterator would allocate where nothing is optimised.)
                for index in 0..<record.widths.count { write(width: record.widths[index], row, &written) }
            }
        }
    }

    /// Looks up all neighbours of `width` tokens.
    private func write(width: Int, _ row: Int, _ written: inout Int) {
        guard tokens.count >= width else { return }
        let first = row * record.size
        for start in 0...tokens.count - width {
            if case .sequence = output, written == record.size { return }
            let place = table.find(tokens.text(from: start, through: start + width - 1)) ?? Int32(truncatingIfNeeded: record.unknown)
            switch output {
            case .sequence(let region):
                region[first + written] = place
                written += 1
            case .bag(let region, let counts):
                guard Int(place) < record.size else { continue }
                let index = first + Int(place)
                region[index] = counts ? region[index] + 1 : 1
            }
        }
    }
}

/// The tokens of one row, with a space between any two, so that neighbours are one text: the buffer grows with the longest row so
/// far and allocates at no other time.
final class TokenBuffer: @unchecked Sendable {
    private let bytes = GrowingMemory<UInt8>()
    /// Where each token begins and ends.
    private let bounds = GrowingMemory<(start: Int, end: Int)>()
    private(set) var count = 0
    private var length = 0

    func text(from first: Int, through last: Int) -> TextSlice {
        let start = bounds.base[first].start
        return TextSlice(base: UnsafePointer(bytes.base + start), count: bounds.base[last].end - start)
    }

    func split(_ texts: Region<TextSlice>, _ record: TextVectorization) {
        var total = 0
        for index in 0..<texts.count { total += texts[index].count }
        // No more tokens than bytes, or than texts, and a space after each.
        let most = max(total, texts.count)
        bytes.reserve(total + most)
        bounds.reserve(most)
        count = 0
        length = 0
        let lowercases = record.flags.contains(.lowercases)
        let strips = record.flags.contains(.stripsPunctuation)
        for index in 0..<texts.count {
            if record.split == .elements { begin() }
            var isOpen = false
            for position in 0..<texts[index].count {
                var byte = texts[index][position]
                if strips, ASCII.isPunctuation(byte) { continue }
                if lowercases { byte = ASCII.lowercased(byte) }
                switch record.split {
                case .elements: break
                case .whitespace:
                    if ASCII.isWhitespace(byte) {
                        isOpen = false
                        continue
                    }
                    if !isOpen { begin() }
                    isOpen = true
                // A byte that continues a character stays with it.
                case .characters: if byte & 0xC0 != 0x80 { begin() }
                }
                append(byte)
            }
        }
    }

    private func begin() {
        if count > 0 {
            bytes.base[length] = UInt8(ascii: " ")
            length += 1
        }
        bounds.base[count] = (length, length)
        count += 1
    }

    private func append(_ byte: UInt8) {
        bytes.base[length] = byte
        length += 1
        bounds.base[count - 1].end = length
    }
}

enum ASCII {
    static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

extension TextVectorization {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let shape = planner.shape(of: input)
        let result: TextVectorizationStep<Number>.Output =
            output == .sequence ? .sequence(try planner.integers(planner.firstResult)) : .bag(try planner.result(), counts: output == .count)
        return .textVectorization(
            TextVectorizationStep(
                input: try planner.texts(input), rowLength: split == .elements ? shape[1] : 1, rows: shape[0],
                table: try planner.table(table), record: self, output: result, tokens: TokenBuffer()))
    }
}
