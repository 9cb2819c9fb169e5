/// A line on a terminal that says how far something has come; nothing elsewhere.
struct Progress {
    private let label: String
    private let total: UInt64
    private let isShown: Bool
    private var shown = -1

    /// - Parameter total: of what ``update(_:)`` counts. Work that is done at once is not shown.
    init(_ label: String, total: UInt64, isQuiet: Bool) {
        self.label = label
        self.total = total
        isShown = !isQuiet && total > 64 << 20 && StandardError.isTerminal
    }

    mutating func update(_ done: UInt64) {
        guard isShown, total > 0 else { return }
        let percent = Int(Double(done) / Double(total) * 100)
        guard percent != shown else { return }
        shown = percent
        StandardError.write("\r\(label) \(percent) %")
    }

    /// Takes the line away.
    func finish() {
        if isShown, shown >= 0 { StandardError.write("\r\u{1B}[K") }
    }
}
