import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The temporary names that this process has given to files on disk and not yet taken away.
enum TemporaryNames {
    private struct Name: Hashable {
        /// The open folder.
        var folder: Int32
        var name: String
    }

    private struct State {
        var names: Set<Name> = []
        var isEnding = false
    }

    private static let state = Mutex(State())

    /// Gives a name with `make`, which says whether it could, and keeps account of it.
    static func add(_ name: String, in folder: Int32, _ make: () -> Bool) -> Bool {
        state.withLock { state in
            guard !state.isEnding, make() else { return false }
            state.names.insert(Name(folder: folder, name: name))
            return true
        }
    }

    /// Takes a name away with `unmake`, which says whether it could.
    static func remove(_ name: String, in folder: Int32, _ unmake: () -> Bool) -> Bool {
        state.withLock { state in
            guard unmake() else { return false }
            state.names.remove(Name(folder: folder, name: name))
            return true
        }
    }

    static func removeAll() {
        state.withLock { state in
            state.isEnding = true
            for name in state.names { unlinkat(name.folder, name.name, 0) }
            state.names = []
        }
    }
}

extension OutputFile {
    /// Removes what this process has on disk of files that are not finished, for a process that is about to be ended by a signal: no
    /// deinitializer runs then. From now on no file can be opened; what is finished stays.
    public static func removeUnfinished() { TemporaryNames.removeAll() }
}
