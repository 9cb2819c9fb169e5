import CompactFile
import KerasFiles
import NNConvert
import NNInference
import Testing

@Suite struct RoundedWeightsTests {
    private static let families = [
        "keras-3.15.1/digits_softmax", "keras-3.15.1/cnn_2d", "keras-3.15.1/nested", "keras-2.2.4/lstm_text", "tfkeras-2.15/coffee",
    ]

    private func compact(_ name: String, _ precision: WeightPrecision?) throws -> CompactConversion {
        var options = CompactOptions(stripping: [.source])
        options.weights = precision
        return try CompactConversion(KerasModel.open(path: Fixtures.path(name)), options: options)
    }

    /// What a session computes with rounded weights is what it computes with the same numbers in single precision, to the bit: with the
    /// kernels of this machine and with the portable ones.
    @Test(arguments: WeightPrecision.allCases)
    func sessionsReadNarrowNumbers(_ precision: WeightPrecision) throws {
        var count = 0
        for name in Self.families {
            let rounded = try compact(name, precision)
            count += rounded.report.roundings.count { if case .rounded = $0.outcome { true } else { false } }
            var widened = rounded.content
            for index in widened.tensors.indices where widened.tensors[index].tensor.elementType != .float32 {
                let tensor = widened.tensors[index].tensor
                let bytes = try tensor.floats().flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
                widened.tensors[index].tensor = try Tensor(elementType: .float32, shape: tensor.shape, bytes: bytes)
            }
            let (narrow, floats) = (try rounded.model(), try Model(CompactFileWriter(widened).memory()))
            for set in [InstructionSet.best, .portable] {
                #expect(try outputs(of: narrow, set) == outputs(of: floats, set), "\(name) \(set)")
            }
        }
        #expect(count >= 7)
    }

    /// Rounded models still answer nearly as recorded, also where a BatchNormalization has become part of a layer.
    @Test(arguments: WeightPrecision.allCases, ["keras-3.15.1/digits_softmax", "keras-3.15.1/cnn_2d", "tfkeras-2.15/ecg_conv1d", "keras-2.3.1/cnn_2d"])
    func answersStayNear(_ precision: WeightPrecision, _ name: String) throws {
        let exact = try outputs(of: compact(name, nil).model(), .best).joined().map { Float(bitPattern: $0) }
        let rounded = try outputs(of: compact(name, precision).model(), .best).joined().map { Float(bitPattern: $0) }
        #expect(exact != rounded)
        #expect(zip(exact, rounded).allSatisfy { abs($0 - $1) < 0.05 * max(1, abs($0)) }, "\(exact) \(rounded)")
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

    @Test func smallWeightsStay() throws {
        let report = try compact("tfkeras-2.15/coffee", .int8).report
        #expect(report.roundings.map(\.outcome) == [.kept(.noSmaller), .kept(.noSmaller)])
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
