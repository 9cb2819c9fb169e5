/// Walks through a table row by row (RFC 4180): cells are separated by one character, may be quoted, and then may contain the
/// separator, line ends and doubled quotes. Lines end with LF, CR LF or CR; lines before the table that begin with `#` are comments.
struct RowScanner {
    /// What separates cells.
    private enum Separator: Equatable {
        case character(UInt8)
        /// Any number of blanks: what numpy's `savetxt` writes.
        case blanks
    }

    private let bytes: [UInt8]
    private var position: Int
    /// The line that comes next, from 1.
    private(set) var line = 1
    private var separator = Separator.blanks

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.byteOrderMark
        while next == UInt8(ascii: "#") {
            while let byte = next, !Self.isLineEnd(byte) { position += 1 }
            takeLineEnd()
        }
        separator = detectSeparator()
    }

    /// Hands the cells of the next row to `body`, without quotes and without surrounding blanks, each with its line and its
    /// column from 1. Returns their number, 0 after the last row. Empty lines at the end are passed over; others throw
    /// `.emptyLine`, as they may be missing numbers.
    mutating func row(
        _ body: (ArraySlice<UInt8>, TensorFileError.Place) throws(TensorFileError) -> Void
    ) throws(TensorFileError) -> Int {
        let start = line
        skipBlanks()
        while let byte = next, Self.isLineEnd(byte) {
            takeLineEnd()
            skipBlanks()
        }
        guard next != nil else { return 0 }
        guard line == start else { throw TensorFileError(.emptyLine, place: .init(line: start)) }

        var place = TensorFileError.Place(line: line, column: 1)
        var count = 1
        while true {
            try body(next == UInt8(ascii: "\"") ? quoted(place) : plain(), place)
            let end = position
            skipBlanks()
            guard let byte = next else { return count }
            if Self.isLineEnd(byte) {
                takeLineEnd()
                return count
            }
            if separator == .character(byte) {
                position += 1
                skipBlanks()
            } else if separator != .blanks || position == end {
                throw TensorFileError(.textAfterQuote, place: .init(line: line, column: count))
            }
            count += 1
            place.column = count
        }
    }

    private mutating func plain() -> ArraySlice<UInt8> {
        let start = position
        while let byte = next, !Self.isLineEnd(byte), separator == .blanks ? !Self.isBlank(byte) : separator != .character(byte) {
            position += 1
        }
        var text = bytes[start..<position]
        while let last = text.last, Self.isBlank(last) { text.removeLast() }
        return text
    }

    private mutating func quoted(_ place: TensorFileError.Place) throws(TensorFileError) -> ArraySlice<UInt8> {
        var text: [UInt8] = []
        position += 1
        while let byte = next {
            if byte == UInt8(ascii: "\"") {
                position += 1
                guard next == byte else { return text[...] }
            }
            if Self.isLineEnd(byte) {
                text.append(UInt8(ascii: "\n"))
                takeLineEnd()
            } else {
                text.append(byte)
                position += 1
            }
        }
        throw TensorFileError(.unterminatedQuote, place: place)
    }

    /// The first of tab, semicolon and comma that the first line has outside quotes; else blanks, if it is a row of numbers.
    private func detectSeparator() -> Separator {
        var found: Set<UInt8> = []
        var isQuoted = false
        let first = bytes[position...].prefix { !Self.isLineEnd($0) }
        for byte in first {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted { found.insert(byte) }
        }
        for separator in [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")] where found.contains(separator) {
            return .character(separator)
        }
        let words = first.split(separator: UInt8(ascii: " "))
        return words.allSatisfy { NumberText.read($0) != .notANumber } ? .blanks : .character(UInt8(ascii: ","))
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, Self.isBlank(byte), separator != .character(byte) { position += 1 }
    }

    private mutating func takeLineEnd() {
        guard let byte = next else { return }
        position += 1
        if byte == UInt8(ascii: "\r"), next == UInt8(ascii: "\n") { position += 1 }
        line += 1
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
