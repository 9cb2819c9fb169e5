#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

enum GuardedSide: CaseIterable { case start, end }

typealias GuardedFloats = Guarded<Float>

/// Elements between two pages that must not be touched, flush with one of them: a kernel that reads or writes a byte too
/// many ends the test run with a signal.
final class Guarded<Element: BitwiseCopyable> {
    typealias Side = GuardedSide

    let pointer: UnsafeMutablePointer<Element>
    let count: Int
    private let mapping: UnsafeMutableRawPointer
    private let mappedBytes: Int

    /// Cost: three system calls, at least three pages.
    init(_ values: [Element], flushWith side: Side = .end) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let bytes = values.count * MemoryLayout<Element>.stride
        let inside = max(1, (bytes + page - 1) / page) * page
        count = values.count
        mappedBytes = inside + 2 * page
        mapping = mmap(nil, mappedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0)
        precondition(mapping != MAP_FAILED)
        precondition(mprotect(mapping + page, inside, PROT_READ | PROT_WRITE) == 0)
        let start = side == .start ? mapping + page : mapping + page + inside - bytes
        pointer = start.bindMemory(to: Element.self, capacity: max(1, values.count))
        pointer.initialize(from: values, count: values.count)
    }

    deinit { munmap(mapping, mappedBytes) }

    var values: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}

extension Guarded where Element == Float {
    convenience init(count: Int, flushWith side: Side = .end) {
        self.init([Float](repeating: .nan, count: count), flushWith: side)
    }
}
