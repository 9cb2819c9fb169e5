import NNInference

/// How a run's time is spread over the layers.
public struct LayerTimes: Sendable {
    public struct Layer: Sendable {
        /// The Keras layer, or the operation's number where the file has no names.
        public var name: String
        public var operations: [OperationKind]
        /// The median over all runs.
        public var time: Duration
    }

    /// In the order in which they run.
    public var layers: [Layer] = []

    /// Measures a session made with ``Benchmark/sessionOptions(for:perLayer:)``. Reading the clock after every operation adds about 50 ns
    /// to each.
    public init(_ session: inout Session, duration: Duration) throws(RunError) {
        try Benchmark.fillInputs(&session)
        let operations = session.model.program?.operations ?? []
        let names = (try? session.model.names)?.layers
        let clock = ContinuousClock()
        var samples = [[Duration]](repeating: [], count: operations.count)
        let end = clock.now + duration
        repeat {
            var last = clock.now
            try session.run { operation in
                let now = clock.now
                samples[operation].append(now - last)
                last = now
            }
        } while clock.now < end && (samples.first?.count ?? 0) < 100_000
        for (index, operation) in operations.enumerated() {
            let times = samples[index].sorted()
            let median = times.isEmpty ? .zero : times[times.count / 2]
            let name = names?[index] ?? "operation_\(index)"
            if let last = layers.indices.last, layers[last].name == name {
                layers[last].operations.append(operation.kind)
                layers[last].time += median
            } else {
                layers.append(Layer(name: name, operations: [operation.kind], time: median))
            }
        }
    }
}
