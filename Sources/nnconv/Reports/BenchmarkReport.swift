import KerasFiles
import NNConvert
import NNInference

/// What `nnconv bench` says.
struct BenchmarkReport {
    var file: String
    var benchmark: Benchmark
    var load: Duration
    var result: Benchmark.Result
    var layers: LayerTimes?

    private var samplesPerSecond: Double { Double(benchmark.batch) / max(result.median.seconds, 1e-12) }

    var lines: [String] {
        let batch = Figures.counted(benchmark.batch, "sample")
        var lines = [
            "\(Escaped.name(file)): \(batch) per run, \(Figures.counted(benchmark.threads, "thread")), \(benchmark.instructionSet.rawValue)",
            "run        \(Figures.duration(result.median)) median, \(Figures.duration(result.tenthPercentile)) tenth percentile of \(Figures.grouped(result.runs)) runs",
            "throughput \(Figures.grouped(Int(samplesPerSecond.rounded()))) samples per second",
            "load       \(Figures.duration(load)), first run \(Figures.duration(result.first))",
        ]
        var memory = "memory     \(Figures.bytes(result.arenaBytes)) arena, \(Figures.bytes(result.preparedBytes)) prepared weights"
        if result.stateBytes > 0 { memory += ", \(Figures.bytes(result.stateBytes)) state" }
        if let resident = result.residentBytes { memory += "; process \(Figures.bytes(resident)) before the first run" }
        lines.append(memory + ", \(Figures.bytes(ProcessMemory.peakBytes)) at most")
        if let allocations = result.allocationsPerRun { lines.append("a run makes \(Figures.counted(allocations, "allocation"))") }
        return lines + (layers.map { [""] + $0.lines } ?? [])
    }

    var json: JSON {
        var object = summary
        if let layers { object["layers"] = layers.json }
        return .object(object)
    }

    private var summary: JSONObject {
        [
            "file": .string(file), "batch": .integer(Int64(benchmark.batch)), "threads": .integer(Int64(benchmark.threads)),
            "isa": .string(benchmark.instructionSet.rawValue), "median_us": .float(result.median.microseconds),
            "p10_us": .float(result.tenthPercentile.microseconds), "runs": .integer(Int64(result.runs)),
            "samples_per_second": .float(samplesPerSecond), "load_ms": .float(load.milliseconds), "first_ms": .float(result.first.milliseconds),
            "rss_mb": result.residentBytes.map { .float(Double($0) / 1e6) } ?? .null, "peak_rss_mb": .float(Double(ProcessMemory.peakBytes) / 1e6),
            "allocations_per_run": result.allocationsPerRun.json, "arena_bytes": .integer(Int64(result.arenaBytes)),
            "state_bytes": .integer(Int64(result.stateBytes)), "prepared_bytes": .integer(Int64(result.preparedBytes)),
        ]
    }
}

extension LayerTimes {
    fileprivate var lines: [String] {
        let total = layers.reduce(Duration.zero) { $0 + $1.time }
        var table = Table(("Layer (operations)", .left), ("Time", .right), ("Share", .right))
        for layer in layers {
            let share = Figures.fixed(layer.time / max(total, .nanoseconds(1)) * 100, 1) + " %"
            table.add("\(Escaped.name(layer.name)) (\(layer.operations.words))", Figures.duration(layer.time), share)
        }
        return table.lines
    }

    fileprivate var json: JSON {
        .array(
            layers.map {
                [
                    "name": .string($0.name), "operations": .array($0.operations.map { .string($0.words) }),
                    "median_us": .float($0.time.microseconds),
                ]
            })
    }
}
