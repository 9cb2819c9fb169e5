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

/// Containers that are not complete yet are kept in arrays, not in calls of a function by itself: how deep a text goes has nothing
/// to do with the stack of the thread that parses it.
private struct JSONParser {
    private let bytes: [UInt8]
    private let depthLimit: Int
    private let nodeLimit: Int
    private var position = 0
    private var nodes = 0

    /// What the containers around the next value are, outermost first; their contents so far are in the two arrays after it.
    private var containers: [Container] = []
    private var arrays: [[JSON]] = []
    private var objects: [JSONObject] = []

    private enum Container {
        case array
        /// With the key that waits for its value, and where that key is.
        case object(key: String, offset: Int)
    }

    /// Values are written, compared and freed by functions that call themselves, so the depth stays far from the end of any thread's
    /// stack whatever the limits allow.
    private static let deepest = 512

    init(bytes: [UInt8], limits: Limits) {
        self.bytes = bytes
        depthLimit = min(limits.jsonDepth, Self.deepest)
        nodeLimit = limits.jsonNodes
    }

    mutating func document() throws(KerasFileError) -> JSON {
        while true {
            skipSpace()
            guard var value = try scalarOrOpen() else { continue }
            // A value may complete the container that it is in, and that one the next.
            while let container = containers.last {
                guard let whole = try put(value, in: container) else { break }
                value = whole
            }
            guard containers.isEmpty else { continue }
            skipSpace()
            guard position == bytes.count else { throw failure(.trailingBytes) }
            return value
        }
    }

    /// Reads a value, or the opening of a container (nil) up to where its first value must be.
    private mutating func scalarOrOpen() throws(KerasFileError) -> JSON? {
        nodes += 1
        try Limits.check(.jsonNodes, nodes, nodeLimit, at: UInt64(position))
        guard let byte = next else { throw failure(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "["):
            try enter()
            if accept(UInt8(ascii: "]")) { return .array([]) }
            containers.append(.array)
            arrays.append([])
            return nil
        case UInt8(ascii: "{"):
            try enter()
            if accept(UInt8(ascii: "}")) { return .object(JSONObject()) }
            containers.append(try key())
            objects.append(JSONObject())
            return nil
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

    private mutating func enter() throws(KerasFileError) {
        try Limits.check(.jsonDepth, containers.count + 1, depthLimit, at: UInt64(position))
        position += 1
        skipSpace()
    }

    /// A key and its colon.
    private mutating func key() throws(KerasFileError) -> Container {
        let offset = position
        guard next == UInt8(ascii: "\"") else { throw unexpected() }
        let key = try string()
        skipSpace()
        guard accept(UInt8(ascii: ":")) else { throw unexpected() }
        return .object(key: key, offset: offset)
    }

    /// Puts a value into the innermost container. Returns the container when that was its last one.
    private mutating func put(_ value: JSON, in container: Container) throws(KerasFileError) -> JSON? {
        skipSpace()
        switch container {
        case .array:
            arrays[arrays.count - 1].append(value)
            if accept(UInt8(ascii: ",")) { return nil }
            guard accept(UInt8(ascii: "]")) else { throw unexpected() }
            containers.removeLast()
            return .array(arrays.removeLast())
        case .object(let key, let offset):
            guard objects[objects.count - 1].appendNew(key, value) else {
                throw KerasFileError(.json(.duplicateKey), key: key, offset: UInt64(offset))
            }
            if accept(UInt8(ascii: ",")) {
                skipSpace()
                containers[containers.count - 1] = try self.key()
                return nil
            }
            guard accept(UInt8(ascii: "}")) else { throw unexpected() }
            containers.removeLast()
            return .object(objects.removeLast())
        }
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

    private mutating func word(_ word: StaticString, _ value: JSON) throws(KerasFileError) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            let expected = word.withUTF8Buffer { $0[index] }
            guard accept(expected) else { throw unexpected() }
        }
        return value
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
