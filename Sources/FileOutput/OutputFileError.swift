#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Why an ``OutputFile`` could not be opened, written or given its name.
public struct OutputFileError: Error, Hashable, Sendable {
    /// What the program was doing.
    public enum Step: Hashable, Sendable {
        /// Preparing the temporary file.
        case open
        /// Writing or flushing bytes.
        case write
        /// Giving the finished file its name.
        case publish
    }

    public enum Problem: Hashable, Sendable {
        /// The path is empty or ends in a slash, `.` or `..`.
        case notAFileName
        /// The target exists and was not to be replaced.
        case exists
        /// The target is a symbolic link.
        case symbolicLink
        /// The target is a folder, a device, a socket or a pipe.
        case notARegularFile
        /// The system refused, with this `errno`.
        case system(Int32)
    }

    /// The target's path, as given to ``OutputFile``.
    public var path: String
    public var step: Step
    public var problem: Problem

    public init(path: String, step: Step, problem: Problem) {
        self.path = path
        self.step = step
        self.problem = problem
    }

    init(_ path: String, _ step: Step, _ number: Int32 = errno) {
        self.init(path: path, step: step, problem: number == EEXIST ? .exists : .system(number))
    }
}
