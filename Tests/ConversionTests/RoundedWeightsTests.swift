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
            let quantized = try #require(widened.program).operations.compactMap(\.quantizedKernel)
            for index in widened.tensors.indices where !quantized.contains(index) && widened.tensors[index].tensor.elementType != .float32 {
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

    /// Large products and convolutions round their inputs too; the report says which. What comes out is near, and the file still checks itself.
    @Test func inputsAreRoundedWhereThatIsFaster() throws {
        let model = try Self.largeLayers()
        let exact = try outputs(of: CompactConversion(model).model(), .best).joined().map { Float(bitPattern: $0) }
        var options = CompactOptions()
        options.weights = .int8
        let conversion = try CompactConversion(model, options: options)
        #expect(conversion.report.roundings.map(\.roundsInputs) == [true, true, false])
        let operations = try #require(conversion.content.program).operations
        #expect(operations.count { $0.quantizedKernel != nil } == 2)
        let rounded = try conversion.model()
        for set in [InstructionSet.best, .portable] {
            let found = try outputs(of: rounded, set).joined().map { Float(bitPattern: $0) }
            #expect(zip(exact, found).allSatisfy { abs($0 - $1) < 0.03 * max(1, abs($0)) } && exact != found, "\(exact) \(found)")
            for seed: UInt32 in 1...3 {
                #expect(try rounded.replay(rounded.makeVerification(seed: seed), on: set) == nil)
            }
        }
        options.weights = .float16
        let half = try CompactConversion(model, options: options).report.roundings
        #expect(!half.contains { $0.roundsInputs })
    }

    /// A convolution of 16 channels, a dense layer of 32 units and one of 4.
    private static func largeLayers() throws -> KerasModel {
        func layer(_ className: String, _ config: JSONObject) -> JSON { ["class_name": .string(className), "config": .object(config)] }
        let configuration: JSON = [
            "class_name": "Sequential",
            "config": [
                "name": "large",
                "layers": [
                    layer("Conv2D", [
                        "name": "conv", "batch_input_shape": [.null, 5, 5, 16], "filters": 40, "kernel_size": [3, 3], "padding": "same",
                        "activation": "relu", "use_bias": false,
                    ]),
                    layer("Flatten", ["name": "flatten"]),
                    layer("Dense", ["name": "dense", "units": 32, "activation": "tanh", "use_bias": false]),
                    layer("Dense", ["name": "dense_1", "units": 4, "activation": "linear", "use_bias": false]),
                ],
            ],
        ]
        var random = SplitMix64(seed: 4)
        func group(_ name: String, _ shape: [Int]) throws -> WeightGroup {
            let bytes = (0..<shape.reduce(1, *)).flatMap { _ in
                let bits = random.nextFloat(from: -0.1, to: 0.1).bitPattern
                return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
            }
            let kernel = try Tensor(elementType: .float32, shape: shape, bytes: bytes)
            return WeightGroup(name: name, label: nil, weights: [StoredWeight(name: "\(name)/kernel:0", tensor: kernel)])
        }
        return try KerasModel(
            format: .legacyHDF5, version: try #require(KerasVersion("2.10.0")), backend: "tensorflow", configuration: configuration,
            trainingConfiguration: nil,
            weightGroups: [group("conv", [3, 3, 16, 40]), WeightGroup(name: "flatten", label: nil, weights: []), group("dense", [1000, 32]), group("dense_1", [32, 4])],
            topLevelWeights: nil, optimizerWeights: nil)
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

extension NNInference.Operation {
    /// The kernel of a layer that quantises its inputs, which is int8.
    fileprivate var quantizedKernel: Int? {
        switch self {
        case .quantizedDense(let record): record.product.kernel.index
        case .quantizedConvolution(let record): record.convolution.kernel.index
        default: nil
        }
    }
}
