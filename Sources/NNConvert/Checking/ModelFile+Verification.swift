import KerasFiles
import NNInference
import TensorFiles

extension ModelFile {
    /// Compares what the model answers with what was recorded.
    ///
    /// - Parameters:
    ///   - outputs: what was recorded for each of the model's outputs; nil where nothing was.
    ///   - layers: what was recorded for layers, by their names. They are looked at when an output departs.
    public func verify(
        _ inputs: [PredictionInput], outputs: [TensorValue?], layers: [NamedTensor] = [], tolerance: Agreement.Tolerance = .init()
    ) throws(VerificationError) -> Verification {
        let model = try runnable(.model)
        let results = try model.answers(inputs, .model)
        var verification = Verification()
        var departingSample: Int?
        for (result, expected) in zip(results, outputs) {
            guard let expected else { continue }
            let agreement = try verification.add(result, expected, tolerance)
            guard let departure = agreement.firstDeparture, let samples = result.value.shape.first, samples > 0 else { continue }
            let sample = departure.position / (agreement.count / samples)
            departingSample = min(departingSample ?? sample, sample)
        }
        guard let sample = departingSample, !layers.isEmpty else { return verification }

        // The first sample that departs tells it; where state goes on from sample to sample it takes all of them.
        let whole = try unmerged(.model)
        var samples = try whole.samples(inputs, .model)
        var expected = layers
        if !model.keepsState {
            samples = samples.map { $0.only(sample) }
            expected = try layers.map { layer throws(VerificationError) in NamedTensor(layer.name, try layer.value.only(sample)) }
        }
        try verification.addLayers(try whole.layerOutputs(samples, .model), expected: expected, isWhole: false, tolerance)
        return verification
    }

    /// Compares what the model answers with what another one answers to the same made-up inputs: numbers from -1 to 1, indices that every
    /// Embedding has. Every time the same.
    ///
    /// - Complexity: four predictions with one sample each, and one more where they depart.
    public func verify(against reference: ModelFile, tolerance: Agreement.Tolerance = .init()) throws(VerificationError) -> Verification {
        let (model, other) = (try runnable(.model), try reference.runnable(.reference))
        let (names, otherNames) = (try model.interface(.model), try other.interface(.reference))
        guard names.inputs.count == otherNames.inputs.count, names.outputs.count == otherNames.outputs.count else {
            throw .interface(
                inputs: (names.inputs.count, otherNames.inputs.count), outputs: (names.outputs.count, otherNames.outputs.count))
        }
        let order = Self.order(names.inputs, otherNames.inputs)
        let outputOrder = Self.order(names.outputs, otherNames.outputs)
        var verification = Verification()
        for seed in 1...4 {
            let inputs = try model.madeUp(UInt32(seed), sharedWith: other, order)
            let otherInputs = order.indices.map { place in inputs[order.firstIndex(of: place) ?? place] }
            let results = try model.answers(inputs, .model)
            let expected = try other.answers(otherInputs, .reference)
            var once = Verification()
            for (index, result) in results.enumerated() { try once.add(result, expected[outputOrder[index]].value, tolerance) }
            verification.merge(once)
            guard !once.isClose else { continue }
            let (whole, otherWhole) = (try unmerged(.model), try reference.unmerged(.reference))
            try verification.addLayers(
                try whole.layerOutputs(try whole.samples(inputs, .model), .model),
                expected: try otherWhole.layerOutputs(try otherWhole.samples(otherInputs, .reference), .reference), isWhole: true, tolerance)
            break
        }
        return verification
    }

    /// For each name its place among the others; the same places when the names are not the same.
    private static func order(_ names: [String], _ others: [String]) -> [Int] {
        let places = names.compactMap { others.firstIndex(of: $0) }
        return Set(places).count == names.count ? places : Array(names.indices)
    }

    private func runnable(_ side: VerificationError.Side) throws(VerificationError) -> Model {
        do throws(ConversionError) { return try runnable() } catch { throw .conversion(error, side) }
    }

    private func unmerged(_ side: VerificationError.Side) throws(VerificationError) -> Model {
        do throws(ConversionError) { return try unmerged() } catch { throw .conversion(error, side) }
    }
}

extension Model {
    fileprivate func interface(_ side: VerificationError.Side) throws(VerificationError) -> InterfaceNames {
        do throws(FormatError) { return try InterfaceNames(self) } catch { throw .format(error, side) }
    }

    fileprivate func answers(_ inputs: [PredictionInput], _ side: VerificationError.Side) throws(VerificationError) -> [NamedTensor] {
        do throws(PredictionError) { return try predict(inputs) } catch { throw .prediction(error, side) }
    }

    fileprivate func samples(_ inputs: [PredictionInput], _ side: VerificationError.Side) throws(VerificationError) -> [Samples] {
        let names = try interface(side)
        do throws(PredictionError) {
            var samples: [Samples] = []
            for (index, input) in try names.arrange(inputs).enumerated() {
                samples.append(try Samples(input, for: (program?.inputs ?? [])[index], name: names.inputs[index]))
            }
            return samples
        } catch {
            throw .prediction(error, side)
        }
    }

    fileprivate func layerOutputs(_ samples: [Samples], _ side: VerificationError.Side) throws(VerificationError) -> [NamedTensor] {
        do throws(PredictionError) { return try LayerOutputs(self, samples).outputs } catch { throw .prediction(error, side) }
    }

    /// One sample of made-up numbers, from ranges that both models can take. `order` has for each input its place in the other model.
    fileprivate func madeUp(_ seed: UInt32, sharedWith other: Model, _ order: [Int]) throws(VerificationError) -> [PredictionInput] {
        do throws(ProgramError) {
            var vector = try makeInputs(seed: seed)
            let ranges = try other.makeInputs(seed: seed).ranges
            for (index, place) in order.enumerated() {
                let (a, b) = (vector.ranges[index], ranges[place])
                let common = InputRange(max(a.low, b.low), min(a.high, b.high))
                if common.low < common.high { vector.ranges[index] = common }
            }
            var inputs: [PredictionInput] = []
            let infos = program.map { vector.inputs(of: $0) } ?? []
            for (index, info) in infos.enumerated() {
                var numbers = InputNumbers(vector, input: index, type: info.type)
                let elements = (0..<(info.shape.count ?? 0)).map { _ in numbers.next() }
                // Texts are the digits of whole numbers, as in verification vectors.
                let made = info.type == .text ? TensorElements.strings(elements.map { String(Int64($0)) }) : .float32(elements)
                guard let value = try? TensorValue(shape: info.shape.dimensions, elements: made) else { throw ProgramError(.valueIndex(index)) }
                inputs.append(PredictionInput(value))
            }
            return inputs
        } catch {
            throw .inputs(error)
        }
    }
}

extension Verification {
    @discardableResult
    fileprivate mutating func add(
        _ result: NamedTensor, _ expected: TensorValue, _ tolerance: Agreement.Tolerance
    ) throws(VerificationError) -> Agreement {
        let name = result.name ?? ""
        do throws(TensorFileError) {
            if let agreement = try Agreement(result.value, expected, tolerance) {
                outputs.append(Output(name: name, agreement: agreement))
                return agreement
            }
        } catch {
            throw .recording(error)
        }
        throw .shape(output: name, expected: expected.shape, found: result.value.shape)
    }

    fileprivate mutating func addLayers(
        _ found: [NamedTensor], expected: [NamedTensor], isWhole: Bool, _ tolerance: Agreement.Tolerance
    ) throws(VerificationError) {
        do throws(TensorFileError) { try compareLayers(found, expected: expected, isWhole: isWhole, tolerance) } catch { throw .recording(error) }
    }

    /// Takes in what another run said of the same outputs.
    fileprivate mutating func merge(_ other: Verification) {
        guard !outputs.isEmpty else { return outputs = other.outputs }
        for index in outputs.indices { outputs[index].agreement.merge(other.outputs[index].agreement) }
    }
}

extension TensorValue {
    /// One of the samples that the tensor holds, as a batch of one.
    fileprivate func only(_ sample: Int) throws(VerificationError) -> TensorValue {
        do throws(TensorFileError) {
            let numbers = try doubles()
            guard let samples = shape.first, samples > sample else { return self }
            let size = numbers.count / samples
            return try TensorValue(shape: [1] + shape.dropFirst(), elements: .float64(Array(numbers[sample * size..<(sample + 1) * size])))
        } catch {
            throw .recording(error)
        }
    }
}
