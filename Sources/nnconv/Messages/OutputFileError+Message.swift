import FileOutput

extension OutputFileError: Explained {
    var message: Message {
        let status = step == .write ? ExitStatus.readOrWrite : .cannotCreate
        return switch problem {
        case .notAFileName: Message("is not the name of a file", status)
        case .exists: Message("exists already", remedy: "Use --force to replace it.", status)
        case .symbolicLink: Message("is a symbolic link, which is not written through", remedy: "Name the file it points to.", status)
        case .notARegularFile: Message("is not a regular file", status)
        case .system(let number): Message("cannot be \(step.words): " + systemWords(number), status)
        }
    }
}

extension OutputFileError.Step {
    fileprivate var words: String {
        switch self {
        case .open: "created"
        case .write: "written"
        case .publish: "given its name"
        }
    }
}
