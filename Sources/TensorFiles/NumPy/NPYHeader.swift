import KerasFiles

/// The header of an `.npy` file (NumPy Enhancement Proposal 1 and `numpy/lib/format.py`): magic, version, and a Python dictionary
/// with exactly the keys `descr`, `fortran_order` and `shape`.
struct NPYHeader: Equatable {
    var descriptor: String
    var isFortranOrder: Bool
    var shape: [Int]

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// More than numpy needs for any array it writes; its own limit for reading is 10,000.
    private static let limit = 1 << 16

    static func recognises(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

    init(descriptor: String, shape: [Int]) {
        self.descriptor = descriptor
        isFortranOrder = false
        self.shape = shape
    }

    /// Reads the header at the start of `source`, and tells where the elements begin.
    static func read(_ source: ByteSource, _ limits: Limits) throws(TensorFileError) -> (header: NPYHeader, end: UInt64) {
        let start = try source.prefix(12)
        guard start.count >= 10, recognises(start) else { throw TensorFileError(.npyHeader(.truncated)) }
        let (major, minor) = (start[6], start[7])
        guard (1...3).contains(major), minor == 0 else { throw TensorFileError(.npyVersion(major: major, minor: minor)) }
        let lengthSize = major == 1 ? 2 : 4
        guard start.count >= 8 + lengthSize else { throw TensorFileError(.npyHeader(.truncated)) }
        let length = start[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= limit else {
            throw TensorFileError(.source(.limitExceeded(.headerBytes, found: UInt64(length), limit: UInt64(limit))))
        }
        let end = 8 + lengthSize + length
        guard UInt64(end) <= source.size else { throw TensorFileError(.npyHeader(.truncated)) }
        return (try NPYHeader(dictionary: Array(try source.prefix(end).dropFirst(8 + lengthSize)), limits), UInt64(end))
    }

    /// Parses the dictionary, which is padded with spaces and ends with a newline.
    init(dictionary: [UInt8], _ limits: Limits) throws(TensorFileError) {
        guard dictionary.last == UInt8(ascii: "\n") else { throw TensorFileError(.npyHeader(.padding)) }
        var text = PythonLiteral(Array(dictionary.dropLast()))
        var descriptor: String?
        var order: Bool?
        var shape: [Int]?
        func failure(_ problem: TensorFileError.HeaderProblem) -> TensorFileError {
            TensorFileError(.npyHeader(problem), place: .init(offset: UInt64(text.position)))
        }

        guard text.take("{") else { throw failure(.syntax) }
        while !text.take("}") {
            guard let key = text.string(), text.take(":") else { throw failure(.syntax) }
            switch key {
            case "descr":
                guard descriptor == nil else { throw failure(.duplicateKey(key)) }
                descriptor = text.string()
                guard descriptor != nil else { throw failure(.structured) }
            case "fortran_order":
                guard order == nil else { throw failure(.duplicateKey(key)) }
                order = text.bool()
                guard order != nil else { throw failure(.syntax) }
            case "shape":
                guard shape == nil else { throw failure(.duplicateKey(key)) }
                shape = text.integers(limit: limits.rank)
                guard shape != nil else { throw failure(.shape) }
            default: throw failure(.unknownKey(key))
            }
            if text.take(",") { continue }
            guard text.take("}") else { throw failure(.syntax) }
            break
        }
        text.skipSpaces()
        guard text.isAtEnd else { throw failure(.padding) }
        guard let descriptor else { throw failure(.missingKey("descr")) }
        guard let order else { throw failure(.missingKey("fortran_order")) }
        guard let shape else { throw failure(.missingKey("shape")) }
        self.descriptor = descriptor
        isFortranOrder = order
        self.shape = shape
    }

    /// The header as numpy writes it: version 1, padded so that the elements begin at a multiple of 64.
    var bytes: [UInt8] {
        let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        let dictionary = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(extents)), }"
        // numpy leaves room for the first extent to grow to 21 digits, so that a file can be appended to.
        let growth = shape.isEmpty ? 0 : 21 - String(shape[0]).utf8.count
        let used = Self.magic.count + 4 + dictionary.utf8.count + growth + 1
        let padding = growth + (64 - used % 64)
        let length = dictionary.utf8.count + padding + 1
        return Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
            + Array(dictionary.utf8) + [UInt8](repeating: 0x20, count: padding) + [UInt8(ascii: "\n")]
    }
}
