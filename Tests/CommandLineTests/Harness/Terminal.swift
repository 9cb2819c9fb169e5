#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A terminal that keeps what is written to it.
final class Terminal {
    private let descriptor: Int32
    /// Where a process writes to it.
    let path: String
    /// Keeps the terminal there when the process is gone.
    private let other: Int32

    init() throws {
        (descriptor, path) = try Self.open()
        #if canImport(Glibc)
            other = Glibc.open(path, O_RDWR | O_NOCTTY)
        #else
            other = Darwin.open(path, O_RDWR | O_NOCTTY)
        #endif
        var size = winsize()
        size.ws_col = 100
        guard ioctl(other, UInt(TIOCSWINSZ), &size) == 0 else { throw NNConv.SpawnError(step: "TIOCSWINSZ", number: errno) }
    }

    private static func open() throws -> (Int32, String) {
        #if canImport(Glibc)
            // What posix_openpt, unlockpt and ptsname do, which Swift does not import.
            let descriptor = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
            let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
            var (isLocked, number): (Int32, UInt32) = (0, 0)
            guard descriptor >= 0, ioctl(descriptor, unlock, &isLocked) == 0, ioctl(descriptor, getNumber, &number) == 0 else {
                throw NNConv.SpawnError(step: "ptmx", number: errno)
            }
            return (descriptor, "/dev/pts/\(number)")
        #else
            let descriptor = posix_openpt(O_RDWR | O_NOCTTY)
            guard descriptor >= 0, grantpt(descriptor) == 0, unlockpt(descriptor) == 0, let name = ptsname(descriptor) else {
                throw NNConv.SpawnError(step: "posix_openpt", number: errno)
            }
            return (descriptor, String(cString: name))
        #endif
    }

    deinit {
        close(other)
        close(descriptor)
    }

    /// What was written so far.
    func text() throws -> String {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(descriptor, &part, part.count), count > 0 { bytes += part[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
