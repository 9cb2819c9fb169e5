import CZlib

/// A raw deflate stream (RFC 1951) being inflated, piece by piece.
struct Inflater: ~Copyable {
    enum Outcome {
        case more, finished, damaged
    }

    // zlib keeps a pointer to the stream and checks it, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil when there is no memory for the window (some 40 KB).
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard nnconv_inflateInit2(stream, -15) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates from the front of `input` into `output` until either is used up or the stream ends, and tells how many bytes
    /// of each were used.
    mutating func inflate(
        _ input: RawSpan, into output: inout MutableRawSpan
    ) -> (read: Int, written: Int, outcome: Outcome) {
        let (available, room) = (input.byteCount, output.byteCount)
        let status = input.withUnsafeBytes { source in
            output.withUnsafeMutableBytes { target in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: Bytef.self))
                stream.pointee.avail_in = uInt(available)
                stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_out = uInt(room)
                return CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
        let outcome: Outcome =
            switch status {
            case Z_STREAM_END: .finished
            case Z_OK, Z_BUF_ERROR: .more  // the latter: nothing to do without more input or more room
            default: .damaged
            }
        return (available - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out), outcome)
    }

    /// Inflates all of `source`, which must be one stream of exactly `size` bytes and nothing after it. Memory grows with the
    /// bytes that come out, not with `size`.
    static func inflate(_ source: ByteSource, size: UInt64) throws(KerasFileError) -> [UInt8] {
        guard var inflater = Inflater() else { throw KerasFileError(.zip(.deflate)) }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: blockSize)
        var position: UInt64 = 0
        while true {
            let input = try source.read(at: position, count: Int(min(UInt64(blockSize), source.size - position)))
            position += UInt64(input.count)
            var used = 0
            while true {
                var elements = block.mutableSpan
                var target = elements.mutableBytes
                let step = inflater.inflate(input.span.bytes.extracting(droppingFirst: used), into: &target)
                used += step.read
                guard UInt64(result.count + step.written) <= size else { throw KerasFileError(.zip(.inflatedSize(declared: size))) }
                result.append(contentsOf: block[..<step.written])
                switch step.outcome {
                case .finished:
                    guard used == input.count, position == source.size else { throw KerasFileError(.zip(.deflate), offset: position) }
                    guard result.count == size else { throw KerasFileError(.zip(.inflatedSize(declared: size))) }
                    return result
                case .damaged:
                    throw KerasFileError(.zip(.deflate), offset: position)
                case .more:
                    break
                }
                // A full block may have left output behind in the window.
                if used == input.count, step.written < blockSize { break }
            }
            guard position < source.size else { throw KerasFileError(.zip(.deflate), offset: position) }
        }
    }

    private static let blockSize = 1 << 16
}
