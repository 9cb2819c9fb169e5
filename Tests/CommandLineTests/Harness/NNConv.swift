#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Starts the built `nnconv`, as a user would.
enum NNConv {
    struct Answer {
        /// The exit code, or nil when a signal ended the process.
        var status: Int32?
        var output: String
        /// The signal that ended the process, or 0.
        var signal: Int32
        var errors: String
        var duration: Duration
    }

    struct SpawnError: Error {
        var step: String
        var number: Int32
    }

    /// Runs a command in the fixtures' folder and waits for its end.
    ///
    /// - Parameters:
    ///   - terminal: whether standard error is one.
    ///   - shell: what the shell does before it becomes the command.
    ///   - meanwhile: is given the process.
    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], terminal: Bool = false, shell: String = ":",
        meanwhile: (pid_t) -> Void = { _ in }
    ) throws -> Answer {
        let folder = try ScratchFolder()
        try folder.write("stdin", Array(input.utf8))
        let screen = terminal ? try Terminal() : nil
        let start = ContinuousClock.now
        let process = try spawn(arguments, environment, folder, shell, errors: screen?.path ?? folder.path("stderr"))
        meanwhile(process)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw SpawnError(step: "waitpid", number: errno) }
        }
        return Answer(
            status: status & 0x7F == 0 ? (status >> 8) & 0xFF : nil, output: String(decoding: try folder.read("stdout"), as: UTF8.self),
            signal: status & 0x7F, errors: try screen?.text() ?? String(decoding: try folder.read("stderr"), as: UTF8.self),
            duration: ContinuousClock.now - start)
    }

    static func run(_ arguments: String..., input: String = "") throws -> Answer { try run(arguments, input: input) }

    private static func spawn(
        _ arguments: [String], _ extra: [String: String], _ folder: ScratchFolder, _ before: String, errors: String
    ) throws -> pid_t {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, folder.path("stdin"), O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, folder.path("stdout"), O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_NOCTTY, 0o600)

        // The shell changes the folder, for which Swift imports no spawn action, and then is the command.
        let shell = "/bin/sh"
        let line = [shell, "-c", before + "; cd \"$0\" && exec \"$@\"", Fixtures.root, binary] + arguments
        // Help is as wide as COLUMNS says.
        let variables = ["PATH=/usr/bin:/bin", "COLUMNS=80"] + inherited + extra.map { $0 + "=" + $1 }
        var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for pointer in words + environment { free(pointer) } }
        var process: pid_t = 0
        let problem = posix_spawn(&process, shell, &actions, nil, &words, &environment)
        guard problem == 0 else { throw SpawnError(step: "posix_spawn", number: problem) }
        return process
    }

    private static var inherited: [String] {
        ["LD_LIBRARY_PATH", "HOME", "TMPDIR"].compactMap { name in getenv(name).map { name + "=" + String(cString: $0) } }
    }

    /// The product lies beside the tests.
    private static let binary: String = {
        if let path = getenv("NNCONV_BINARY") { return String(cString: path) }
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let tests = count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : CommandLine.arguments[0]
        return tests.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/nnconv"
    }()
}
