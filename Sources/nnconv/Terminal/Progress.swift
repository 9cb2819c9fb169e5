/// A line on a terminal that says how far something has come, how fast, and how long it will take; nothing elsewhere.
struct Progress {
    private let label: String
    private let total: UInt64
    private let isShown: Bool
    private let start = ContinuousClock.now
    /// When the line was last written; nil before the first time.
    private var shown: ContinuousClock.Instant?

    /// Bytes that are always done before anybody could read the line.
    private static let leastTotal: UInt64 = 16 << 20
    private static let interval = Duration.milliseconds(100)

    /// - Parameter total: the bytes that ``update(_:)`` counts up to.
    init(_ label: String, total: UInt64, isQuiet: Bool) {
        self.label = label
        self.total = total
        isShown = !isQuiet && total >= Self.leastTotal && StandardError.isTerminal
    }

    mutating func update(_ done: UInt64) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let shown, now - shown < Self.interval, done < total { return }
        shown = now
        let seconds = (now - start).seconds
        StandardError.write("\r" + Self.line(label, done: done, of: total, seconds: seconds, width: StandardError.width) + "\u{1B}[K")
    }

    /// Takes the line away.
    func finish() {
        if shown != nil { StandardError.write("\r\u{1B}[K") }
    }

    /// `Converting [#####-----]  50 %  277 MB of 553 MB, 1.20 GB/s, 0:01 left`, in fewer than `width` columns.
    static func line(_ label: String, done: UInt64, of total: UInt64, seconds: Double, width: Int) -> String {
        let part = min(Double(done) / Double(max(total, 1)), 1)
        let percent = String(Int(part * 100))
        var words = String(repeating: " ", count: max(0, 4 - percent.count)) + percent + " %  \(Figures.bytes(done)) of \(Figures.bytes(total))"
        if seconds > 0, done > 0 {
            let rate = Double(done) / seconds
            words += ", \(Figures.bytes(UInt64(rate)))/s, \(clock(Double(total - min(done, total)) / rate)) left"
        }
        let room = min(width - label.count - words.count - 4, 40)
        guard room >= 5 else { return String((label + words).prefix(max(width - 1, 0))) }
        let filled = Int(part * Double(room))
        return label + " [" + String(repeating: "#", count: filled) + String(repeating: "-", count: room - filled) + "]" + words
    }

    /// `0:07`, `1:02:03`
    private static func clock(_ seconds: Double) -> String {
        let all = Int(min(seconds.rounded(.up), 359_999))
        let (hours, minutes, rest) = (all / 3_600, all / 60 % 60, all % 60)
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }
}
