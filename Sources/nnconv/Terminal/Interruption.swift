import FileOutput

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What happens when the program is told to stop.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// From now on these signals remove unfinished files before they end the process, as they do: the caller sees which it was. Called
    /// before other threads are started. A signal that the caller has the process ignore, as `nohup` does, stays ignored.
    static func removesUnfinishedFiles() {
        var watched = Self.watched
        pthread_sigmask(SIG_BLOCK, &watched, nil)
        #if canImport(Darwin)
            var thread: pthread_t?
            let status = pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
        #else
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
        #endif
        // Without the thread nobody would hear them.
        if status != 0 { pthread_sigmask(SIG_UNBLOCK, &watched, nil) }
    }

    private static var watched: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals where !isIgnored(signal) { sigaddset(&set, signal) }
        return set
    }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        #else
            return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        #endif
    }

    /// Waits, in a thread of its own, where any function may be called.
    private static func wait() -> UnsafeMutableRawPointer? {
        var watched = Self.watched
        var number: Int32 = 0
        while sigwait(&watched, &number) != 0 {}
        OutputFile.removeUnfinished()
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
        signal(number, SIG_DFL)
        var received = sigset_t()
        sigemptyset(&received)
        sigaddset(&received, number)
        pthread_sigmask(SIG_UNBLOCK, &received, nil)
        raise(number)
        return nil
    }
}
