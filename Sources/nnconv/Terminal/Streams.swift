#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Standard output, for results.
enum StandardOutput {
    static func print(_ line: String) throws(Failure) { try write(Array((line + "\n").utf8)) }

    static func print(_ lines: [String]) throws(Failure) {
        try write(Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    static func write(_ bytes: [UInt8]) throws(Failure) {
        guard Stream.write(bytes, to: STDOUT_FILENO) else {
            throw Failure(Message("cannot be written: " + systemWords(errno), .readOrWrite), file: "standard output")
        }
    }
}

/// Standard error, for messages and progress.
enum StandardError {
    static func print(_ line: String) { write(line + "\n") }
    static func write(_ text: String) { _ = Stream.write(Array(text.utf8), to: STDERR_FILENO) }
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

enum StandardInput {
    /// Everything until its end.
    static func read() throws(Failure) -> [UInt8] {
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = part.withUnsafeMutableBytes { systemRead(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count == 0 { return all }
            if count > 0 {
                all += part[..<count]
            } else if errno != EINTR {
                throw Failure(Message("cannot be read: " + systemWords(errno), .readOrWrite), file: "standard input")
            }
        }
    }

    private static func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.read(file, buffer, count)
        #elseif canImport(Musl)
            Musl.read(file, buffer, count)
        #else
            Darwin.read(file, buffer, count)
        #endif
    }
}

private enum Stream {
    /// Writes all bytes; false with `errno` set when that fails.
    static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { systemWrite(file, $0.baseAddress.map { $0 + done }, bytes.count - done) }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    private static func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(file, buffer, count)
        #elseif canImport(Musl)
            Musl.write(file, buffer, count)
        #else
            Darwin.write(file, buffer, count)
        #endif
    }
}
