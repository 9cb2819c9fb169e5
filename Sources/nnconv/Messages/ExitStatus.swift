/// What the process answers its caller; the numbers above 63 are those of BSD's `sysexits.h`.
enum ExitStatus: Int32 {
    case done = 0
    /// The question that was asked has been answered, with no.
    case no = 1
    /// The command line is wrong.
    case usage = 64
    /// The content of a file is damaged, hostile or not supported.
    case unusable = 65
    /// An input cannot be opened.
    case noInput = 66
    /// The output cannot be created.
    case cannotCreate = 73
    case readOrWrite = 74
}
