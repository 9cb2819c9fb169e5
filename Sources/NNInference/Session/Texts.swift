/// A text where it lies: UTF-8 in the memory of an input or of the model.
struct TextSlice: BitwiseCopyable, @unchecked Sendable {
    /// nil for an empty text that lies nowhere.
    var base: UnsafePointer<UInt8>?
    var count: Int

    static let empty = TextSlice(base: nil, count: 0)

    init(base: UnsafePointer<UInt8>?, count: Int) {
        self.base = base
        self.count = count
    }

    subscript(index: Int) -> UInt8 {
        assert(index >= 0 && index < count)
        // Only an empty text has no base.
        return base.unsafelyUnwrapped[index]
    }

    /// Whether the text comes before the other one, is the same, or comes after it, byte by byte: -1, 0, 1.
    func compared(to other: TextSlice) -> Int {
        let common = min(count, other.count)
        for index in 0..<common where self[index] != other[index] { return self[index] < other[index] ? -1 : 1 }
        return count == other.count ? 0 : count < other.count ? -1 : 1
    }
}

/// Memory that grows with the longest content it ever had, and allocates at no other time.
final class GrowingMemory<Element: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int

    init() {
        capacity = 64
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// Makes room for `count` elements; `kept` of those that are there stay.
    func reserve(_ count: Int, keeping kept: Int = 0) {
        guard count > capacity else { return }
        let larger = max(count, 2 * capacity)
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        memory.update(from: base, count: min(kept, capacity))
        base.deallocate()
        base = memory
        capacity = larger
    }
}

/// The texts of one input of a session: the elements' slices, and the bytes that they are slices of.
struct TextInput: Sendable {
    let slices: Region<TextSlice>
    private let bytes: TextBytes

    init(slices: Region<TextSlice>) {
        self.slices = slices
        bytes = TextBytes()
        clear()
    }

    func clear() {
        slices.fill(.empty)
        bytes.count = 0
    }

    /// Appends the bytes of the text at `position`. Texts come in order; the last one must be followed by ``finish()``.
    func append(_ text: UnsafeBufferPointer<UInt8>, at position: Int) throws(RunError) {
        guard UTF8Text.isValid(text) else {
            clear()
            throw RunError.notText(position: position)
        }
        bytes.memory.reserve(bytes.count + text.count, keeping: bytes.count)
        if let start = text.baseAddress { (bytes.memory.base + bytes.count).update(from: start, count: text.count) }
        bytes.count += text.count
        slices[position].count = text.count
    }

    /// Tells the slices where their bytes are now that these do not move any more.
    func finish() {
        var next = UnsafePointer(bytes.memory.base)
        for position in 0..<slices.count {
            slices[position].base = next
            next += slices[position].count
        }
    }

    private final class TextBytes: @unchecked Sendable {
        let memory = GrowingMemory<UInt8>()
        var count = 0
    }
}
