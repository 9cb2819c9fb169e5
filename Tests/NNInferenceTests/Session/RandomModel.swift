@testable import NNInference

/// Builds a program over tensors of random numbers, for tests that compare one way of running with another.
final class RandomModel {
    var program: Program
    private(set) var descriptors: [TensorDescriptor] = []
    private var blocks: [UnsafeMutableRawPointer] = []
    private var random: SplitMix64

    init(seed: UInt64, inputs: [ValueInfo]) {
        program = Program(inputs: inputs)
        random = SplitMix64(seed: seed)
    }

    deinit { for block in blocks { block.deallocate() } }

    /// Adds a tensor of numbers in a range.
    func tensor(_ shape: [Int], layout: TensorLayout = .rowMajor, _ range: ClosedRange<Float> = -1...1) -> TensorID {
        let descriptor = TensorDescriptor(.float32, shape, layout: layout)
        let count = shape.reduce(1, *)
        let block = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
        for index in 0..<count {
            block.storeBytes(of: random.nextFloat(from: range.lowerBound, to: range.upperBound), toByteOffset: index * 4, as: Float.self)
        }
        descriptors.append(descriptor)
        blocks.append(block)
        return TensorID(descriptors.count - 1)
    }

    /// Adds a tensor of whole numbers from -127 to 127, as int8.
    func wholeNumbers(_ shape: [Int]) -> TensorID {
        let count = shape.reduce(1, *)
        let block = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 64)
        for index in 0..<count { block.storeBytes(of: Int8(random.nextInt(below: 255) - 127), toByteOffset: index, as: Int8.self) }
        descriptors.append(TensorDescriptor(.int8, shape, layout: .panels))
        blocks.append(block)
        return TensorID(descriptors.count - 1)
    }

    var stored: StoredTensors { StoredTensors(descriptors: descriptors, addresses: blocks.map { UnsafeRawPointer($0) }) }

    func append(_ operation: Operation) { program.operations.append(operation) }

    /// The first output's numbers for a random input that depends on nothing but its size.
    func run<Number: Scalar>(_ type: Number.Type, _ options: SessionOptions, inputRange: ClosedRange<Float> = -1...1, runs: Int = 1) throws -> [Number] {
        var program = program
        if program.outputs.isEmpty {
            program.outputs = [ValueID(0)]
            program.outputs = [ValueID(try program.infer(tensors: descriptors).values.count - 1)]
        }
        let engine = try Engine<Number>(program, stored, options)
        for _ in 0..<runs {
            for index in program.inputs.indices {
                var generator = SplitMix64(seed: 99 + UInt64(index))
                let count = engine.info(ValueID(index)).shape.count ?? 0
                let isIndex = engine.info(ValueID(index)).type == .int32
                let elements = (0..<count).map { _ in
                    let x = generator.nextFloat(from: inputRange.lowerBound, to: inputRange.upperBound)
                    return isIndex ? x.rounded(.down) : x
                }
                try engine.inputs[index].write(count: count) { elements[$0] }
            }
            try engine.run()
        }
        let region = engine.outputs[0]
        return (0..<region.count).map { region.number(at: $0) }
    }
}

extension SessionOptions {
    static func test(batch: Int = 1, threads: Int = 1, _ set: InstructionSet = .portable, inputShapes: [[Int]] = []) -> SessionOptions {
        var options = SessionOptions()
        options.batch = batch
        options.threads = threads
        options.instructionSet = set
        options.inputShapes = inputShapes
        return options
    }
}

extension BlockRule {
    /// Every operation that works sample by sample does so one sample at a time.
    static var smallest: BlockRule {
        var rule = BlockRule()
        rule.cacheBytes = 1
        rule.smallWeights = .max
        rule.fewRows = 1
        rule.fewestOperations = 1
        rule.costPerCopiedByte = 0
        return rule
    }
}
