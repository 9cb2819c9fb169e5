extension JSON {
    /// Parses a JSON text strictly (RFC 8259), with Python's `NaN`, `Infinity` and `-Infinity` besides.
    ///
    /// What other parsers disagree about is refused: duplicate keys, lone surrogates, invalid UTF-8, a byte-order mark,
    /// anything after the value. Numbers too large for a Double become infinite, as in Python.
    /// Throws `.json` or `.limitExceeded` with the offset in the text.
    public init(parsing bytes: [UInt8], limits: Limits = Limits()) throws(KerasFileError) {
        try Limits.check(.jsonBytes, bytes.count, limits.jsonBytes)
        var parser = JSONParser(bytes: bytes, limits: limits)
        self = try parser.document()
    }

    /// Parses the UTF-8 bytes of `text`. See ``init(parsing:limits:)-([UInt8],_)``.
    public init(parsing text: String, limits: Limits = Limits()) throws(KerasFileError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

private struct JSONParser {
    private let bytes: [UInt8]
    private let depthLimit: Int
    private let nodeLimit: Int
    private var position = 0
    private var nodes = 0

    /// The parser calls itself for every array and object inside another, so the depth stays far from the end of any thread's
    /// stack whatever the limits allow.
    private static let deepest = 512

    init(bytes: [UInt8], limits: Limits) {
        self.bytes = bytes
        depthLimit = min(limits.jsonDepth, Self.deepest)
        nodeLimit = limits.jsonNodes
    }

    mutating func document() throws(KerasFileError) -> JSON {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure(.trailingBytes) }
        return value
    }

    private func failure(_ problem: KerasFileError.JSONProblem, at offset: Int? = nil) -> KerasFileError {
        KerasFileError(.json(problem), offset: UInt64(offset ?? position))
    }

    /// The next byte is not what the grammar wants there.
    private func unexpected() -> KerasFileError {
        position < bytes.count ? failure(.unexpectedByte(bytes[position])) : failure(.unexpectedEnd)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(KerasFileError) -> JSON {
        nodes += 1
        try Limits.check(.jsonNodes, nodes, nodeLimit, at: UInt64(position))
        guard let byte = next else { throw failure(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .float(.nan))
        case UInt8(ascii: "I"): return try word("Infinity", .float(.infinity))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw unexpected()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(KerasFileError) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            let expected = word.withUTF8Buffer { $0[index] }
            guard accept(expected) else { throw unexpected() }
        }
        return value
    }

    private func enter(_ depth: Int) throws(KerasFileError) {
        try Limits.check(.jsonDepth, depth, depthLimit, at: UInt64(position))
    }

    private mutating func array(depth: Int) throws(KerasFileError) -> JSON {
        try enter(depth)
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if accept(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            skipSpace()
            elements.append(try value(depth: depth))
            skipSpace()
            if accept(UInt8(ascii: ",")) { continue }
            if accept(UInt8(ascii: "]")) { return .array(elements) }
            throw unexpected()
        }
    }

    private mutating func object(depth: Int) throws(KerasFileError) -> JSON {
        try enter(depth)
        position += 1
        var members = JSONObject()
        skipSpace()
        if accept(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try string()
            skipSpace()
            guard accept(UInt8(ascii: ":")) else { throw unexpected() }
            skipSpace()
            guard members.appendNew(key, try value(depth: depth)) else {
                throw KerasFileError(.json(.duplicateKey), key: key, offset: UInt64(start))
            }
            skipSpace()
            if accept(UInt8(ascii: ",")) { continue }
            if accept(UInt8(ascii: "}")) { return .object(members) }
            throw unexpected()
        }
    }

    // MARK: Numbers

    private mutating func number() throws(KerasFileError) -> JSON {
        let start = position
        let isNegative = accept(UInt8(ascii: "-"))
        if isNegative, next == UInt8(ascii: "I") { return try word("Infinity", .float(-.infinity)) }

        let firstDigit = position
        var magnitude: UInt64 = 0
        var isBig = false
        while let digit = next.flatMap(Self.decimalDigit) {
            let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
            isBig = isBig || overflow || carry
            magnitude = sum
            position += 1
        }
        guard position > firstDigit else { throw malformedNumber() }
        if bytes[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 { throw failure(.malformedNumber, at: firstDigit) }

        var isFloat = false
        if accept(UInt8(ascii: ".")) {
            isFloat = true
            try digits()
        }
        if accept(UInt8(ascii: "e")) || accept(UInt8(ascii: "E")) {
            isFloat = true
            _ = accept(UInt8(ascii: "+")) || accept(UInt8(ascii: "-"))
            try digits()
        }
        if !isFloat, !isBig {
            if !isNegative, let value = Int64(exactly: magnitude) { return .integer(value) }
            if isNegative, magnitude <= Int64.min.magnitude { return .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard isFloat else { return .bigInteger(text) }
        guard let value = Double(text) else { throw failure(.malformedNumber, at: start) }
        return .float(value)
    }

    private mutating func digits() throws(KerasFileError) {
        let first = position
        while next.flatMap(Self.decimalDigit) != nil { position += 1 }
        guard position > first else { throw malformedNumber() }
    }

    private func malformedNumber() -> KerasFileError {
        position < bytes.count ? failure(.malformedNumber) : failure(.unexpectedEnd)
    }

    private static func decimalDigit(_ byte: UInt8) -> UInt8? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : nil
    }

    // MARK: Strings

    private mutating func string() throws(KerasFileError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return try text(bytes[start..<position], start)
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20:
                throw failure(.controlCharacter)
            default:
                position += 1
            }
        }
        throw failure(.unexpectedEnd)
    }

    private func text(_ slice: ArraySlice<UInt8>, _ start: Int) throws(KerasFileError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw failure(.invalidUTF8, at: start) }
        return text
    }

    /// Continues a string at its first backslash.
    private mutating func escapedString(from start: Int) throws(KerasFileError) -> String {
        var content = bytes[start..<position]
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try text(content, start)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(&content)
            case 0..<0x20:
                throw failure(.controlCharacter)
            default:
                content.append(byte)
                position += 1
            }
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func escape(_ content: inout ArraySlice<UInt8>) throws(KerasFileError) {
        let place = position - 1
        guard let byte = next else { throw failure(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if 0xD800..<0xDC00 ~= code {
                guard accept(UInt8(ascii: "\\")), accept(UInt8(ascii: "u")) else { throw failure(.loneSurrogate, at: place) }
                let low = try hexadecimal()
                guard 0xDC00..<0xE000 ~= low else { throw failure(.loneSurrogate, at: place) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw failure(.loneSurrogate, at: place) }
            content.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default: throw failure(.malformedEscape, at: place)
        }
    }

    private mutating func hexadecimal() throws(KerasFileError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw failure(.unexpectedEnd) }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw failure(.malformedEscape)
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
