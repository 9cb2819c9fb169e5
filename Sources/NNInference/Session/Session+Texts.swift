// Texts and whole numbers in and out of a session.
//
// An input of texts keeps a copy of their bytes, which grows with the most that it ever held, as do the buffers of operations on texts:
// setting longer texts than before allocates, and so may the run that follows. Nothing else does.

extension Session {
    /// Sets an input of texts, one for each of its elements in row-major order.
    ///
    ///     var session = try Session(model, batch: 2)
    ///     try session.setInput(0, ["a fine film", "dull"])
    ///     try session.run()
    public mutating func setInput(_ index: Int, _ texts: [String]) throws(RunError) {
        let input = try textInput(index, count: texts.count)
        for position in texts.indices {
            var text = texts[position]
            var failure: RunError?
            text.withUTF8 { utf8 in
                do throws(RunError) { try input.append(utf8, at: position) } catch { failure = error }
            }
            if let failure { throw failure }
        }
        input.finish()
    }

    /// Sets an input of texts from UTF-8 bytes that lie one after the other.
    ///
    /// - Parameter ends: for each element where its text ends in `utf8`; each begins where the one before ends.
    /// - Throws: ``RunError/notText(position:)`` for bytes that are not UTF-8, and for ends that do not rise within `utf8`.
    public mutating func setInput(_ index: Int, utf8: Span<UInt8>, ends: Span<Int>) throws(RunError) {
        let input = try textInput(index, count: ends.count)
        var start = 0
        for position in 0..<ends.count {
            guard ends[position] >= start, ends[position] <= utf8.count else {
                input.clear()
                throw RunError.notText(position: position)
            }
            try utf8.extracting(start..<ends[position]).withUnsafeBufferPointer { (bytes) throws(RunError) in
                try input.append(bytes, at: position)
            }
            start = ends[position]
        }
        input.finish()
    }

    /// Sets an input of texts from UTF-8 bytes wherever they lie; they are copied.
    package mutating func setInput(_ index: Int, count: Int, _ text: (Int) -> UnsafeBufferPointer<UInt8>) throws(RunError) {
        let input = try textInput(index, count: count)
        for position in 0..<count { try input.append(text(position), at: position) }
        input.finish()
    }

    /// Predicts from texts: sets the only input, runs, and gives the first output.
    public mutating func run(_ texts: [String]) throws(RunError) -> [Float] {
        try setInput(0, texts)
        try run()
        return try outputElements(0)
    }

    /// The elements of an output of texts.
    public func outputTexts(_ index: Int) throws(RunError) -> [String] {
        guard case .texts(let region) = try output(index) else { throw RunError.notText(position: 0) }
        return (0..<region.count).map { String(decoding: UnsafeBufferPointer(start: region[$0].base, count: region[$0].count), as: UTF8.self) }
    }

    /// Gives an element of an output of texts to `body`, as UTF-8 where it lies. Allocates nothing.
    public func withOutputText<Result>(_ index: Int, at position: Int, _ body: (Span<UInt8>) -> Result) throws(RunError) -> Result {
        let region = try output(index)
        guard case .texts(let texts) = region else { throw RunError.notText(position: position) }
        guard position >= 0, position < texts.count else { throw RunError.elementCount(expected: texts.count, found: position) }
        return body(Span(_unsafeElements: UnsafeBufferPointer(start: texts[position].base, count: texts[position].count)))
    }

    /// The elements of an output of whole numbers. Throws ``RunError/notAnIndex(position:)`` for an output of anything else.
    public func outputIntegers(_ index: Int) throws(RunError) -> [Int64] {
        switch try output(index) {
        case .integers(let region): return (0..<region.count).map { Int64(region[$0]) }
        case .wide(let region): return (0..<region.count).map { region[$0] }
        default: throw RunError.notAnIndex(position: 0)
        }
    }

    /// Copies an output of whole numbers.
    public func copyOutput(_ index: Int, into elements: inout MutableSpan<Int64>) throws(RunError) {
        let region = try output(index)
        guard elements.count == region.count else { throw RunError.elementCount(expected: region.count, found: elements.count) }
        switch region {
        case .integers(let region): for position in 0..<region.count { elements[position] = Int64(region[position]) }
        case .wide(let region): for position in 0..<region.count { elements[position] = region[position] }
        default: throw RunError.notAnIndex(position: 0)
        }
    }

    private func textInput(_ index: Int, count: Int) throws(RunError) -> TextInput {
        let input = try input(index)
        guard let texts = engine.texts[index] else { throw RunError.notText(position: 0) }
        guard count == input.count else { throw RunError.elementCount(expected: input.count, found: count) }
        texts.clear()
        return texts
    }
}
