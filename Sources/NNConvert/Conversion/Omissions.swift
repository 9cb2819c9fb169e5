/// Keeps account of what is left out.
struct Omissions {
    private(set) var list: [ConversionReport.Omission] = []

    init(_ options: CompactOptions) {
        // Whether there is an optimizer to leave out, the model says.
        for part in CompactOptions.Part.allCases where part != .optimizer && options.stripped.contains(part) { add(part, .asked) }
    }

    mutating func add(_ part: CompactOptions.Part, _ reason: ConversionReport.Reason, byteCount: UInt64? = nil) {
        guard !list.contains(where: { $0.part == part }) else { return }
        list.append(ConversionReport.Omission(part: part, reason: reason, byteCount: byteCount))
    }
}
