import NNInference
import TensorFiles

extension Model {
    /// Predicts: one tensor per input in, one per output out, named as the model names them.
    ///
    /// Every input is `[samples, ...]`, or one sample without that dimension. Samples are computed in batches that fit
    /// the memory that `options` allow, or all at once where recurrent state goes on from run to run.
    public func predict(
        _ tensors: [PredictionInput], options: PredictionOptions = PredictionOptions()
    ) throws(PredictionError) -> [NamedTensor] {
        let names: InterfaceNames
        do throws(FormatError) { names = try InterfaceNames(self) } catch { throw .format(error) }
        let inputs = program?.inputs ?? []
        var samples: [Samples] = []
        for (index, tensor) in try names.arrange(tensors).enumerated() {
            samples.append(try Samples(tensor, for: inputs[index], name: names.inputs[index]))
            guard samples[index].count == samples[0].count else {
                throw .sampleCount(input: names.inputs[index], expected: samples[0].count, found: samples[index].count)
            }
        }
        var run = BatchedRun(self, samples, names, options)
        try run.all()
        return try run.results()
    }
}

/// One prediction on its way: batch after batch through as few sessions as that takes.
private struct BatchedRun: ~Copyable {
    private let model: Model
    private let samples: [Samples]
    private let names: InterfaceNames
    private let options: PredictionOptions
    private let count: Int
    /// What has been computed, for every output.
    private var outputs: [Results]
    private var shapes: [[Int]]

    init(_ model: Model, _ samples: [Samples], _ names: InterfaceNames, _ options: PredictionOptions) {
        self.model = model
        self.samples = samples
        self.names = names
        self.options = options
        count = samples.first?.count ?? 1
        outputs = Array(repeating: .none, count: names.outputs.count)
        shapes = Array(repeating: [], count: names.outputs.count)
    }

    mutating func all() throws(PredictionError) {
        var done = 0
        var batch = model.keepsState ? count : min(count, max(options.batchLimit, 1))
        while done < count {
            batch = min(batch, count - done)
            var session = try makeSession(&batch)
            while count - done >= batch {
                try run(&session, done..<done + batch)
                done += batch
            }
        }
    }

    /// A session for `batch` samples, or for fewer if they take too much memory.
    private func makeSession(_ batch: inout Int) throws(PredictionError) -> Session {
        while true {
            do throws(ProgramError) {
                return try Session(model, options: sessionOptions(batch))
            } catch {
                guard case .memory = error.problem, batch > 1, !model.keepsState else { throw .session(error) }
                batch = (batch + 1) / 2
            }
        }
    }

    private func sessionOptions(_ batch: Int) -> SessionOptions {
        var session = SessionOptions()
        session.batch = batch
        session.inputShapes = samples.map(\.shape)
        session.threads = options.threads
        session.instructionSet = options.instructionSet
        if batch > 1, !model.keepsState { session.memoryLimit = min(session.memoryLimit, options.batchMemory) }
        return session
    }

    private mutating func run(_ session: inout Session, _ range: Range<Int>) throws(PredictionError) {
        do throws(RunError) {
            for (index, input) in samples.enumerated() { try input.set(index, of: &session, range) }
            try session.run()
            for index in outputs.indices {
                shapes[index] = try session.outputInfo(index).shape.dimensions
                try outputs[index].append(index, of: session)
            }
        } catch {
            throw .run(error, layer: model.layerName(of: error))
        }
    }

    func results() throws(PredictionError) -> [NamedTensor] {
        var results: [NamedTensor] = []
        for (index, name) in names.outputs.enumerated() {
            do throws(TensorFileError) {
                results.append(NamedTensor(name, try TensorValue(shape: [count] + shapes[index].dropFirst(), elements: outputs[index].elements)))
            } catch {
                throw .element(input: name, error)
            }
        }
        return results
    }
}

extension Model {
    /// Whether a recurrent layer goes on in one run where the last one ended, so that samples cannot be split over runs.
    var keepsState: Bool {
        (program?.operations ?? []).contains(where: \.keepsState)
    }

    fileprivate func layerName(of error: RunError) -> String? {
        let operation: Int
        switch error {
        case .indexOutOfRange(let place, _, _), .notInVocabulary(let place, _): operation = place
        default: return nil
        }
        guard let names = try? names else { return nil }
        return names.layers.indices.contains(operation) ? names.layers[operation] : nil
    }
}
