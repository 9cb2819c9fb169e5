/// A run of elements in memory that a session or its model owns.
///
/// Steps hold regions instead of spans because a span cannot be stored; the planner makes every region from checked
/// shapes, and the session keeps the memory alive for as long as its steps.
struct Region<Element>: @unchecked Sendable where Element: BitwiseCopyable {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(base: UnsafeMutablePointer<Element>, count: Int) {
        self.base = base
        self.count = count
    }

    subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count)
            return base[index]
        }
        nonmutating set {
            assert(index >= 0 && index < count)
            base[index] = newValue
        }
    }

    /// A part of the region. Traps outside it.
    subscript(range: Range<Int>) -> Region {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return Region(base: base + range.lowerBound, count: range.count)
    }

    func from(_ start: Int) -> Region { self[start..<count] }

    func fill(_ value: Element) { base.update(repeating: value, count: count) }

    /// Copies as many elements as `source` has.
    func copy(_ source: Region) {
        precondition(source.count <= count)
        base.update(from: source.base, count: source.count)
    }

    /// Gives the elements to `body` as a span.
    func withMutableSpan(_ body: (inout MutableSpan<Element>) -> Void) {
        var span = MutableSpan(_unsafeStart: base, count: count)
        body(&span)
    }

    var bytes: Region<UInt8> {
        Region<UInt8>(base: UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt8.self), count: count * MemoryLayout<Element>.stride)
    }

    /// The same memory, when its elements are really of that type. The caller has compared the types.
    func cast<Other: BitwiseCopyable>(to type: Other.Type) -> Region<Other> {
        precondition(MemoryLayout<Other>.stride == MemoryLayout<Element>.stride)
        return Region<Other>(base: UnsafeMutableRawPointer(base).assumingMemoryBound(to: type), count: count)
    }
}
