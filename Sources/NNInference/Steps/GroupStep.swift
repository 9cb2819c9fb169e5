/// The steps of a ``SampleGroup``: for each block its part of the inputs is copied to where the steps were made for, and what they leave
/// there is copied to the outputs.
struct GroupStep<Number: Scalar> {
    /// Steps and memory for one block.
    struct Worker {
        var steps: [Step<Number>] = []
        var inputs: [Transfer] = []
        var outputs: [Transfer] = []
    }

    /// A value in the memory of the whole batch and in that of a block.
    struct Transfer {
        let whole: Region<UInt8>
        let block: Region<UInt8>
        let sampleBytes: Int

        func copyIn(_ samples: Range<Int>) { block.copy(whole[samples.lowerBound * sampleBytes..<samples.upperBound * sampleBytes]) }

        /// - Parameter first: the sample that the block begins with.
        func copyOut(_ samples: Range<Int>, first: Int) {
            whole.from(samples.lowerBound * sampleBytes)
                .copy(block[(samples.lowerBound - first) * sampleBytes..<(samples.upperBound - first) * sampleBytes])
        }
    }

    let workers: [Worker]
    let batch: Int
    let block: Int
    let cost: Int

    /// Blocks.
    var units: Int { (batch + block - 1) / block }

    func run(_ units: Range<Int>, worker: Int) {
        let (steps, inputs, outputs) = (workers[worker].steps, workers[worker].inputs, workers[worker].outputs)
        for unit in units {
            // Every block has the same size: the last one begins early enough, and only its new samples are copied out.
            let first = min(unit * block, batch - block)
            for index in inputs.indices { inputs[index].copyIn(first..<first + block) }
            // A group has no steps that can fail.
            for index in steps.indices { try? steps[index].run(0..<steps[index].units, worker: 0) }
            for index in outputs.indices { outputs[index].copyOut(unit * block..<first + block, first: first) }
        }
    }
}

/// A group and where its values lie in the memory of a worker.
struct PlannedGroup<Number: Scalar> {
    let group: SampleGroup
    private let plan: MemoryPlan

    /// - Parameter whole: plans the program that the group is a part of.
    init(_ group: SampleGroup, _ whole: Planner<Number>) throws(ProgramError) {
        self.group = group
        var planner = whole.planner(for: group.inferred)
        plan = try planner.plan(group.program, keepsInputs: false)
    }

    /// Memory of all workers.
    func bytes(workers: Int) throws(ProgramError) -> Int { try Dimension.multiply(plan.arenaBytes, workers) }

    /// Makes the steps once for every worker; what is prepared from weights they share.
    func makeStep(_ whole: Planner<Number>) throws(ProgramError) -> Step<Number> {
        let memory = whole.scratch()
        let prepared = whole.allocations.count
        var workers: [GroupStep<Number>.Worker] = []
        for index in 0..<whole.workers {
            var planner = whole.planner(for: group.inferred)
            planner.plan = plan
            planner.arena = UnsafeMutableRawPointer(memory.base) + index * plan.arenaBytes
            if index > 0 { whole.allocations.repeat(from: prepared) }
            workers.append(try worker(&planner, whole))
            if index > 0 { whole.allocations.endRepeating() }
        }
        return .group(GroupStep(workers: workers, batch: group.batch, block: group.block, cost: group.cost))
    }

    private func worker(_ planner: inout Planner<Number>, _ whole: Planner<Number>) throws(ProgramError) -> GroupStep<Number>.Worker {
        var worker = GroupStep<Number>.Worker()
        for (index, operation) in group.program.operations.enumerated() {
            planner.operation = index
            for step in try operation.makeSteps(&planner) {
                if case .none = step { continue }
                worker.steps.append(step)
            }
        }
        for (index, value) in group.inputs.enumerated() {
            worker.inputs.append(try transfer(ValueID(index), planner, value, whole))
        }
        for (value, outer) in zip(group.program.outputs, group.outputs) {
            worker.outputs.append(try transfer(value, planner, outer, whole))
        }
        return worker
    }

    private func transfer(
        _ value: ValueID, _ planner: Planner<Number>, _ outer: ValueID, _ whole: Planner<Number>
    ) throws(ProgramError) -> GroupStep<Number>.Transfer {
        let block = try planner.valueRegion(value).bytes
        return GroupStep<Number>.Transfer(whole: try whole.valueRegion(outer).bytes, block: block, sampleBytes: block.count / group.block)
    }
}

extension Planner {
    /// A planner for a part of the program that one worker runs.
    fileprivate func planner(for part: Program.Inferred) -> Planner {
        Planner(
            inferred: part, stored: stored, accelerator: accelerator, workers: 1, carriesState: carriesState, memoryLimit: memoryLimit,
            allocations: allocations)
    }
}
