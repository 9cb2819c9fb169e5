/// How a session is made. The defaults suit one prediction at a time.
public struct SessionOptions: Sendable {
    /// Samples per run.
    public var batch = 1
    /// The inputs' shapes without the batch, where the model leaves dimensions open; empty if it does not.
    public var inputShapes: [[Int]] = []
    /// Threads that share the work of a run. Results do not depend on it.
    public var threads = 1
    /// Recurrent state goes on from run to run until it is reset, as if every recurrent layer were stateful.
    public var carriesState = false
    /// The leaf kernels to use.
    public var instructionSet = InstructionSet.best
    /// The most memory a session may take, in bytes: 4 GiB, or what the machine can address.
    public var memoryLimit = Int(clamping: Int64(1) << 32)
    /// How a batch is cut into blocks; nil for operations that each run over the whole batch, so that every value can be looked at.
    package var blocks: BlockRule? = BlockRule()

    public init() {}
}

/// A program that can run: its steps and the memory they work in. Everything is allocated here; running allocates nothing.
final class Engine<Number: Scalar> {
    let program: Program
    let inferred: Program.Inferred
    let arena: Memory
    let state: Memory
    let stateCount: Int
    let inputs: [ValueRegion<Number>]
    /// For each input of texts what holds their bytes.
    let texts: [TextInput?]
    let outputs: [ValueRegion<Number>]
    private let allocations: Allocations
    private let steps: [PreparedStep<Number>]
    #if canImport(CNNKernels)
        /// Those of them that are one call and not shared, in their places: nobody counts who holds these.
        private let calls: [UnsafeMutablePointer<PreparedProduct>?]
    #endif
    /// The operation each step belongs to.
    private let operationOfStep: [Int]
    private let plan: MemoryPlan
    private let planner: Planner<Number>
    private let hasGroups: Bool
    #if !hasFeature(Embedded)
        private let shared: SharedStep<Number>?
        private let pool: WorkerPool?
    #endif

    init(_ program: Program, _ stored: StoredTensors, _ options: SessionOptions) throws(ProgramError) {
        let workers = max(options.threads, 1)
        let inferred = try program.infer(tensors: stored.descriptors, inputs: try Engine.inputs(program, options))
        for info in inferred.values {
            if let axis = info.shape.dimensions.firstIndex(of: Shape.unknown) { throw ProgramError(.unknownDimension(axis: axis)) }
        }
        let allocations = Allocations()
        var planner = Planner<Number>(
            inferred: inferred, stored: stored, accelerator: Accelerator(options.instructionSet), workers: workers,
            carriesState: options.carriesState, memoryLimit: options.memoryLimit, allocations: allocations)
        var groups: [PlannedGroup<Number>] = []
        if options.batch > 1, let rule = options.blocks {
            for group in try SampleGroups(program, planner, batch: options.batch, rule: rule).groups { groups.append(try PlannedGroup(group, planner)) }
        }
        let plan = try planner.plan(program, groups)
        let arena = try Memory(byteCount: plan.arenaBytes, limit: options.memoryLimit)
        planner.plan = plan
        planner.arena = arena.base

        let stateCount = try Engine.stateCount(program, inferred)
        let state = try Memory(byteCount: try Dimension.multiply(stateCount, MemoryLayout<Number>.stride), limit: options.memoryLimit)
        planner.stateBase = state.base.assumingMemoryBound(to: Number.self)
        var inputs: [ValueRegion<Number>] = []
        var texts: [TextInput?] = []
        var outputs: [ValueRegion<Number>] = []
        // Every other byte is written by an operation before it is read.
        state.base.initializeMemory(as: UInt8.self, repeating: 0, count: state.byteCount)
        for input in program.inputs.indices {
            inputs.append(try planner.valueRegion(ValueID(input)))
            inputs[input].clear()
            if case .texts(let slices) = inputs[input] { texts.append(TextInput(slices: slices)) } else { texts.append(nil) }
        }
        for output in program.outputs { outputs.append(try planner.valueRegion(output)) }
        var steps: [PreparedStep<Number>] = []
        var operationOfStep: [Int] = []
        for (index, operation) in program.operations.enumerated() {
            planner.operation = index
            do throws(ProgramError) {
                if let group = groups.first(where: { $0.group.operations.contains(index) }) {
                    guard index == group.group.operations.lowerBound else { continue }
                    steps.append(PreparedStep(try group.makeStep(planner)))
                    operationOfStep.append(index)
                    continue
                }
                for step in try operation.makeSteps(&planner) {
                    if case .none = step { continue }
                    steps.append(PreparedStep(step))
                    operationOfStep.append(index)
                }
            } catch {
                throw ProgramError(error.problem, operation: index)
            }
        }
        self.program = program
        self.arena = arena
        self.state = state
        self.inferred = inferred
        self.allocations = allocations
        self.steps = steps
        #if canImport(CNNKernels)
            calls = steps.map { workers > 1 && $0.isWorthSharing ? nil : $0.product }
        #endif
        self.operationOfStep = operationOfStep
        self.plan = plan
        self.planner = planner
        hasGroups = !groups.isEmpty
        self.stateCount = stateCount
        self.inputs = inputs
        self.texts = texts
        self.outputs = outputs
        #if !hasFeature(Embedded)
            if workers > 1 {
                let shared = SharedStep<Number>()
                self.shared = shared
                pool = WorkerPool(workers: workers) { shared.run($0, worker: $1, phase: $2) }
            } else {
                shared = nil
                pool = nil
            }
        #endif
    }

    /// The program's inputs with the batch and the dimensions that the options give.
    private static func inputs(_ program: Program, _ options: SessionOptions) throws(ProgramError) -> [ValueInfo] {
        var inputs = program.inputs
        guard options.inputShapes.isEmpty || options.inputShapes.count == inputs.count else {
            throw ProgramError(.rank(expected: inputs.count, found: options.inputShapes.count))
        }
        for index in inputs.indices {
            let declared = inputs[index].shape
            guard Shape.agree(declared[0], options.batch) else {
                throw ProgramError(.dimension(axis: 0, expected: declared[0], found: options.batch))
            }
            inputs[index].shape[0] = options.batch
            guard !options.inputShapes.isEmpty else { continue }
            let given = options.inputShapes[index]
            guard given.count == declared.rank - 1 else { throw ProgramError(.rank(expected: declared.rank - 1, found: given.count)) }
            for axis in 1..<declared.rank {
                guard given[axis - 1] >= 0, Shape.agree(declared[axis], given[axis - 1]) else {
                    throw ProgramError(.dimension(axis: axis, expected: declared[axis], found: given[axis - 1]))
                }
                inputs[index].shape[axis] = given[axis - 1]
            }
        }
        return inputs
    }

    /// Elements of recurrent state.
    fileprivate static func stateCount(_ program: Program, _ inferred: Program.Inferred) throws(ProgramError) -> Int {
        var total = 0
        for operation in program.operations {
            total = try Dimension.add(total, try operation.stateCount(inferred.context))
        }
        return total
    }

    // MARK: Running

    /// Runs all operations. Allocates nothing.
    func run() throws(RunError) {
        for index in steps.indices {
            #if canImport(CNNKernels)
                if let call = calls[index] {
                    call.pointee.run()
                    continue
                }
            #endif
            try run(steps[index])
        }
    }

    /// Runs all operations and calls `body` after each one, while its results are still there.
    ///
    /// - Precondition: the session was made without ``SessionOptions/blocks``, or for one sample.
    func run(afterEach body: (_ operation: Int) -> Void) throws(RunError) {
        precondition(!hasGroups)
        var next = 0
        for operation in program.operations.indices {
            while next < steps.count, operationOfStep[next] == operation {
                try run(steps[next])
                next += 1
            }
            body(operation)
        }
    }

    private func run(_ step: PreparedStep<Number>) throws(RunError) {
        #if !hasFeature(Embedded)
            if let pool, let shared, step.isWorthSharing {
                shared.step = Unmanaged.passUnretained(step)
                pool.run(units: step.units, phases: step.phases)
                return
            }
        #endif
        try step.step.run(0..<step.units, worker: 0)
    }

    // MARK: Values

    func info(_ value: ValueID) -> ValueInfo { inferred.values[value.index] }
    func region(of value: ValueID) throws(ProgramError) -> ValueRegion<Number> { try planner.valueRegion(value) }

    var stateRegion: Region<Number> { Region(base: state.base.assumingMemoryBound(to: Number.self), count: stateCount) }
    /// Bytes allocated besides the arena and the state.
    var preparedBytes: Int { allocations.byteCount }
}

#if !hasFeature(Embedded)
    /// The step that workers are sharing.
    private final class SharedStep<Number: Scalar>: @unchecked Sendable {
        /// One of the engine's. Not counted, for all workers would write the count.
        var step: Unmanaged<PreparedStep<Number>>?

        func run(_ units: Range<Int>, worker: Int, phase: Int) {
            // Only steps that cannot fail have more than one unit.
            step?._withUnsafeGuaranteedRef { try? $0.step.run(units, worker: worker, phase: phase) }
        }
    }
#endif

extension Program {
    /// What a device needs to know before it starts.
    public struct Requirements: Hashable, Sendable {
        /// Bytes of working memory of a session with a batch of 1 and the portable kernels in `Float`; nil if dimensions are open.
        public var arenaBytes: Int?
        /// Bytes of recurrent state for a batch of 1.
        public var stateBytes: Int?
        /// Multiply-accumulate operations per sample.
        public var multiplyAccumulates: UInt64?
    }

    /// Computes what the program needs. Costs about as much as making a session, but touches no weight.
    package func requirements(tensors: [TensorDescriptor]) throws(ProgramError) -> Requirements {
        var known = inputs
        for index in known.indices { known[index].shape[0] = 1 }
        let inferred = try infer(tensors: tensors, inputs: known)
        guard inferred.values.allSatisfy({ $0.shape.isKnown }) else { return Requirements() }
        // Planning sizes needs no addresses.
        let stored = StoredTensors(descriptors: tensors, addresses: Array(repeating: UnsafeRawPointer(bitPattern: 64)!, count: tensors.count))
        var planner = Planner<Float>(
            inferred: inferred, stored: stored, accelerator: Accelerator(.portable), workers: 1, carriesState: false, memoryLimit: .max,
            allocations: Allocations())
        let plan = try planner.plan(self)
        var cost: UInt64 = 0
        for (index, operation) in operations.enumerated() {
            let results = inferred.results(of: index).map { inferred.values[$0] }
            let (sum, overflow) = cost.addingReportingOverflow(try operation.multiplyAccumulates(inferred.context, results: results))
            cost = overflow ? .max : sum
        }
        return Requirements(
            arenaBytes: plan.arenaBytes, stateBytes: try Engine<Float>.stateCount(self, inferred) * MemoryLayout<Float>.stride,
            multiplyAccumulates: cost)
    }
}
