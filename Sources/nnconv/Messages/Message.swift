/// What a person is told when something cannot be done: what is wrong with what, where, and what to do about it.
///
/// All wording of errors stands in this folder, one file per type of error.
struct Message {
    /// What is wrong, as the rest of a sentence that begins with the file's name.
    var what: String
    /// Where in the file: `layer dense_1`, `key units`, `byte 812`.
    var places: [String] = []
    /// Several things that are wrong, one per line.
    var items: [String] = []
    /// What to do about it, as a sentence.
    var remedy: String?
    var status: ExitStatus

    init(_ what: String, at places: [String?] = [], items: [String] = [], remedy: String? = nil, _ status: ExitStatus = .unusable) {
        self.what = what
        self.places = places.compactMap { $0 }
        self.items = items
        self.remedy = remedy
        self.status = status
    }

    /// The message with one place more.
    func at(_ place: String) -> Message {
        var message = self
        message.places.append(place)
        return message
    }

    /// The whole message; one line, and one more for every item.
    func text(about file: String?) -> String {
        var text = "nnconv: "
        if let file { text += Escaped.name(file) + ": " }
        text += what
        if !places.isEmpty { text += " (" + places.joined(separator: ", ") + ")" }
        if !items.isEmpty { text += ":" + items.map { "\n  " + $0 }.joined() + "\n " }
        if let remedy { text += (items.isEmpty ? (text.hasSuffix(".") ? " " : ". ") : " ") + remedy }
        while text.hasSuffix(" ") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}

/// An error that there are words for.
protocol Explained: Error {
    var message: Message { get }
}

/// An error, and the file that it is about.
struct Failure: Error {
    var message: Message
    var file: String?

    init(_ message: Message, file: String? = nil) {
        self.message = message
        self.file = file
    }

    init(_ error: some Explained, file: String? = nil) {
        self.init(error.message, file: file)
    }
}

/// Does something with a file; an error becomes a ``Failure`` about it.
func about<Result: ~Copyable, Problem: Explained>(
    _ file: String?, _ body: () throws(Problem) -> Result
) throws(Failure) -> Result {
    do throws(Problem) { return try body() } catch { throw Failure(error, file: file) }
}
