import ArgumentParser

/// `nnconv`: the subcommands and how their failures become messages and exit codes.
struct NNConv: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nnconv",
        abstract: "Converts trained Keras models to .nnc files, and runs both.",
        discussion: """
            Formats are recognised by content. Results go to standard output, messages to standard error.

            Exit codes: 0 done; 1 the answer is no; 64 wrong usage; 65 damaged, hostile or unsupported content; 66 the input \
            cannot be opened; 73 the output cannot be created; 74 read or write error.
            """,
        version: "0.1.0",
        subcommands: [
            InspectCommand.self, CheckCommand.self, ConvertCommand.self, RunCommand.self, DiffCommand.self, VerifyCommand.self, BenchCommand.self, LayersCommand.self,
        ])

    /// Parses the command line, does what it asks and ends the process.
    static func start() -> Never {
        do {
            var command = try parseAsRoot()
            try command.run()
            exit()
        } catch let failure as Failure {
            StandardError.print(failure.message.text(about: failure.file))
            exit(withError: ExitCode(failure.message.status.rawValue))
        } catch {
            exit(withError: error)
        }
    }
}
