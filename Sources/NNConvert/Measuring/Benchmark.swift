import NNInference

/// How fast a model runs on this machine, and in how much memory.
public struct Benchmark: Sendable {
    public var batch = 1
    public var threads = 1
    /// How long to go on.
    public var duration = Duration.seconds(2)
    /// What to take for dimensions that the model leaves open.
    public var openDimension = 64
    public var instructionSet = InstructionSet.best

    public init() {}

    public struct Result: Sendable {
        /// Time of one run: the median and the tenth percentile of all measurements.
        public var median: Duration
        public var tenthPercentile: Duration
        /// Runs that were measured, the first one not among them.
        public var runs: Int
        /// The first run, which reads the weights.
        public var first: Duration
        /// Bytes of memory that the process held before the first run; nil where the system does not tell.
        public var residentBytes: Int?
        /// Allocations of one run; nil when they were not counted.
        public var allocationsPerRun: Int?
        /// Memory of the session.
        public var arenaBytes: Int
        public var stateBytes: Int
        public var preparedBytes: Int
    }

    /// How a session for the benchmark is made.
    ///
    /// - Parameter perLayer: for ``LayerTimes``: layers that would run together block by block run one after the other, each over the whole
    ///   batch.
    public func sessionOptions(for model: Model, perLayer: Bool = false) -> SessionOptions {
        var options = SessionOptions()
        options.batch = batch
        options.threads = threads
        options.instructionSet = instructionSet
        options.inputShapes = (model.program?.inputs ?? []).map { input in
            input.shape.dimensions.dropFirst().map { $0 == Shape.unknown ? openDimension : $0 }
        }
        if perLayer { options.blocks = nil }
        return options
    }

    /// Runs a session on made-up inputs until the time is up.
    ///
    /// - Parameters:
    ///   - session: has not run yet.
    ///   - countAllocations: calls its argument and says how many allocations that made; nil if it cannot tell.
    public func measure(
        _ session: inout Session, countAllocations: (() -> Void) -> Int? = { _ in nil }
    ) throws(RunError) -> Result {
        let clock = ContinuousClock()
        try Self.fillInputs(&session)
        let resident = ProcessMemory.residentBytes

        var start = clock.now
        try session.run()
        let first = clock.now - start

        // Short runs are measured several at a time, so that reading the clock does not count.
        start = clock.now
        try session.run()
        let block = max(1, min(1_000, Int(Duration.microseconds(20) / max(clock.now - start, .nanoseconds(20)))))
        var samples: [Duration] = []
        let end = clock.now + duration
        repeat {
            start = clock.now
            for _ in 0..<block { try session.run() }
            samples.append((clock.now - start) / block)
        } while clock.now < end && samples.count < 1_000_000
        samples.sort()

        let allocations = try Self.allocations(&session, countAllocations)
        return Result(
            median: samples[samples.count / 2], tenthPercentile: samples[samples.count / 10], runs: samples.count * block, first: first,
            residentBytes: resident, allocationsPerRun: allocations, arenaBytes: session.arenaBytes, stateBytes: session.stateBytes,
            preparedBytes: session.preparedBytes)
    }

    private static func allocations(_ session: inout Session, _ count: (() -> Void) -> Int?) throws(RunError) -> Int? {
        var failure: RunError?
        let allocations = count { do throws(RunError) { try session.run() } catch { failure = error } }
        if let failure { throw failure }
        return allocations
    }

    /// Numbers between -1 and 1; the first entry of the table for inputs that are looked up in one.
    static func fillInputs(_ session: inout Session) throws(RunError) {
        var generator = SplitMix64(seed: 1)
        for index in 0..<session.inputCount {
            let info = try session.inputInfo(index)
            if info.type == .text {
                try session.setInput(index, Array(repeating: "", count: info.shape.count ?? 0))
                continue
            }
            let isPlace = info.type != .number || session.model.looksUp(input: index)
            let numbers: [Float] = (0..<(info.shape.count ?? 0)).map { _ in isPlace ? 0 : generator.nextFloat(from: -1, to: 1) }
            try session.setInput(index, numbers.span)
        }
    }
}

extension Model {
    /// Whether an input's numbers are places in a table.
    fileprivate func looksUp(input: Int) -> Bool {
        (program?.operations ?? []).contains { operation in
            if case .embedding(let record) = operation { record.input.index == input } else { false }
        }
    }
}
