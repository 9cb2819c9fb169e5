import CZlib

/// A zlib stream after the number of bytes that it holds, four bytes.
enum Compression {
    /// More than deflate can ever make of a byte (1,032).
    private static let largestRatio = 1_040

    static func compress(_ bytes: [UInt8]) throws(CompactFileError) -> [UInt8] {
        guard let count = UInt32(exactly: bytes.count) else { throw .limit(.source, found: bytes.count) }
        var size = compressBound(uLong(bytes.count))
        var stream = [UInt8](repeating: 0, count: Int(size))
        guard compress2(&stream, &size, bytes, uLong(bytes.count), 9) == Z_OK else { throw .compression }
        var result: [UInt8] = []
        result.append(field: count)
        return result + stream.prefix(Int(size))
    }

    /// Undoes ``compress(_:)``: nil unless the stream is complete, ends with the input and holds as many bytes as it says.
    ///
    /// - Parameter limit: of the bytes that may come out.
    static func expand(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        guard bytes.count > 4 else { return nil }
        let declared = (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
        let (most, overflow) = (bytes.count - 4).multipliedReportingOverflow(by: largestRatio)
        guard declared <= limit, overflow || declared <= most else { return nil }
        // One byte more, to notice a stream that holds more.
        var result = [UInt8](repeating: 0, count: declared + 1)
        var size = uLong(result.count)
        let stream = Array(bytes[4...])
        var used = uLong(stream.count)
        guard uncompress2(&result, &size, stream, &used) == Z_OK, Int(size) == declared, Int(used) == stream.count else { return nil }
        result.removeLast()
        return result
    }
}
