import KerasFiles
import NNConvert

/// What `nnconv convert` says when it is done.
struct ConversionResult {
    var input: String
    var output: String
    var inputBytes: UInt64
    /// Whether the file is a `.nnc` file, which has what the Keras file says as it says it.
    var isCompact: Bool
    var isDryRun: Bool
    var seconds: Double
    var report: ConversionReport

    var lines: [String] {
        let verb = isDryRun ? "would write" : "wrote"
        let bytes = report.byteCount.map { "\(Figures.grouped($0)) bytes, " } ?? ""
        let weights = "\(Figures.grouped(report.tensorBytes)) \(bytes.isEmpty ? "bytes of" : "of them") weights"
        let summary =
            "\(verb) \(Escaped.name(output)): \(bytes)\(weights), from \(Figures.grouped(inputBytes)) bytes in \(Figures.fixed(seconds, 3)) s"
        return [summary] + report.losses + WeightRounding.lines(report.roundings) + repairs
    }

    private var repairs: [String] {
        guard isCompact else { return Repair.lines(report.repairs) }
        let replaced = Repair.lines(report.repairs.filter { $0.kind == .replaced })
        let kept = report.repairs.count { $0.kind == .meaningKept || $0.kind == .defaultFilled }
        guard kept > 0 else { return replaced }
        return replaced + ["\(Figures.counted(kept, "setting")) kept in the sense of the Keras that wrote the file (--json lists them)"]
    }

    var json: JSON {
        var object: JSONObject = [
            "input": .string(input), "output": .string(output), "written": .bool(!isDryRun), "input_bytes": .integer(Int64(clamping: inputBytes)),
            "seconds": .float(seconds),
        ]
        for (key, value) in report.json.objectValue ?? [:] { object[key == "bytes" ? "output_bytes" : key] = value }
        return .object(object)
    }
}
