/// Memory that a model's bytes are written into before it is opened there: a file that is never one.
///
///     let memory = ModelMemory(byteCount: count)
///     memory.write(at: 0, bytes.span.bytes)
///     let model = try Model(memory)
///
/// Several threads may write at once, each at its own place.
package final class ModelMemory: @unchecked Sendable {
    package let byteCount: Int
    private let base: UnsafeMutableRawPointer
    /// Whether a model owns the memory now.
    private var isGiven = false

    /// - Complexity: the pages are not touched before they are written.
    package init(byteCount: Int) {
        self.byteCount = byteCount
        base = .allocate(byteCount: max(byteCount, 1), alignment: 64)
    }

    deinit {
        if !isGiven { base.deallocate() }
    }

    /// - Precondition: the bytes fit, and no model has been opened here.
    package func write(at offset: Int, _ bytes: RawSpan) {
        precondition(!isGiven && offset >= 0 && bytes.byteCount <= byteCount - offset)
        bytes.withUnsafeBytes { source in
            if let start = source.baseAddress { (base + offset).copyMemory(from: start, byteCount: source.count) }
        }
    }

    /// A copy of the bytes, every one of which has been written.
    package var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            if let start = buffer.baseAddress { UnsafeMutableRawPointer(start).copyMemory(from: base, byteCount: byteCount) }
            count = byteCount
        }
    }

    fileprivate func give() -> ModelBytes {
        precondition(!isGiven)
        isGiven = true
        return ModelBytes(owned: base, count: byteCount)
    }
}

extension Model {
    /// Opens a model in memory whose every byte has been written.
    package convenience init(_ memory: ModelMemory) throws(FormatError) { try self.init(memory.give()) }
}
