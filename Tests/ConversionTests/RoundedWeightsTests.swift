import CompactFile
import KerasFiles
import NNConvert
import NNInference
import Testing

@Suite struct RoundedWeightsTests {
    private static let families = [
        "keras-3.15.1/mlp_4_8_3", "keras-3.15.1/nested", "keras-2.2.4/lstm_text", "tfkeras-2.15/coffee", "keras-3.15.1/conv1d_stack",
    ].filter(Fixtures.models.contains)

    private func compact(_ name: String, _ precision: WeightPrecision?) throws -> CompactConversion {
        var options = CompactOptions(stripping: [.source])
        options.weights = precision
        return try CompactConversion(KerasModel.open(path: Fixtures.path(name)), options: options)
    }

    /// What a session computes with rounded weights is what it computes with the same numbers in single precision, to the bit: with the
    /// kernels of this machine and with the portable ones.
    @Test(arguments: WeightPrecision.allCases)
    func sessionsReadHalves(_ precision: WeightPrecision) throws {
        #expect(Self.families.count >= 4)
        for name in Self.families {
            let rounded = try compact(name, precision)
            #expect(rounded.report.roundings.contains { if case .rounded = $0.outcome { true } else { false } })
            #expect(rounded.report.tensorBytes < (try compact(name, nil)).report.tensorBytes)
            var widened = rounded.content
            for index in widened.tensors.indices where [.float16, .bfloat16].contains(widened.tensors[index].tensor.elementType) {
                let tensor = widened.tensors[index].tensor
                let bytes = try tensor.floats().flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
                widened.tensors[index].tensor = try Tensor(elementType: .float32, shape: tensor.shape, bytes: bytes)
            }
            let (halves, floats) = (try rounded.model(), try Model(CompactFileWriter(widened).memory()))
            for set in [InstructionSet.best, .portable] {
                #expect(try outputs(of: halves, set) == outputs(of: floats, set), "\(name) \(set)")
            }
        }
    }

    private func outputs(of model: Model, _ set: InstructionSet) throws -> [[UInt32]] {
        var options = SessionOptions()
        options.instructionSet = set
        var session = try Session(model, options: options)
        for index in 0..<session.inputCount {
            let count = try #require(try session.inputInfo(index).shape.count)
            let numbers: [Float] = (0..<count).map { Float($0 % 3) }
            try session.setInput(index, numbers.span)
        }
        try session.run()
        return try (0..<session.outputCount).map { try session.outputElements($0).map(\.bitPattern) }
    }

    /// A number that the type has no room for is not made infinite: the weight stays as it is, and the report says why.
    @Test func numbersOutOfRangeStay() throws {
        var model = try KerasModel.open(path: Fixtures.path("tfkeras-2.15/coffee"))
        let place = try #require(model.root.children.firstIndex { !$0.weights.isEmpty })
        let kernel = try #require(model.root.children[place].weights.firstIndex { $0.role == "kernel" })
        let shape = model.root.children[place].weights[kernel].tensor.shape
        let numbers = [Float](repeating: 1e6, count: shape.reduce(1, *))
        let bytes = numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
        model.root.children[place].weights[kernel].tensor = try Tensor(elementType: .float32, shape: shape, bytes: bytes)
        var options = CompactOptions()
        options.weights = .float16
        #expect(try CompactConversion(model, options: options).report.roundings.first?.outcome == .kept(.outOfRange))
        options.weights = .bfloat16
        guard case .rounded = try CompactConversion(model, options: options).report.roundings.first?.outcome else {
            Issue.record("bfloat16 has room for it")
            return
        }
    }
}
