import KerasFiles
import NNConvert

/// What `nnconv convert` says when it is done.
struct ConversionResult {
    var input: String
    var output: String
    var inputBytes: UInt64
    var isDryRun: Bool
    var seconds: Double
    var report: ConversionReport

    var lines: [String] {
        let verb = isDryRun ? "would write" : "wrote"
        var lines = [
            "\(verb) \(Escaped.name(output)): \(Figures.grouped(report.byteCount)) bytes, \(Figures.grouped(report.tensorBytes)) of them weights, "
                + "from \(Figures.grouped(inputBytes)) bytes in \(Figures.fixed(seconds, 3)) s"
        ]
        lines += report.omissions.map { "without \($0.part.words): \($0.reason.words)" }
        let kept = report.repairs.count { $0.kind == .meaningKept || $0.kind == .defaultFilled }
        if kept > 0 { lines.append("\(Figures.counted(kept, "setting")) kept in the sense of the Keras that wrote the file (--json lists them)") }
        return lines
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
