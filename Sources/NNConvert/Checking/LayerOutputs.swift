import KerasFiles
import Lowering
import NNInference
import TensorFiles

/// What each layer of a model puts out, for one run.
struct LayerOutputs {
    /// By the names of the layers, in the order in which they run.
    private(set) var outputs: [NamedTensor] = []

    /// Runs the model on all samples at once.
    ///
    /// - Complexity: memory for the outputs of all layers.
    init(_ model: Model, _ samples: [Samples]) throws(PredictionError) {
        var options = SessionOptions()
        options.batch = samples.first?.count ?? 1
        options.inputShapes = samples.map(\.shape)
        options.blocks = nil
        var session: Session
        do throws(ProgramError) { session = try Session(model, options: options) } catch { throw .session(error) }
        let names = (try? model.names)?.layers
        func name(_ operation: Int) -> String { names?[operation] ?? "operation \(operation)" }

        // A layer's output is what the last of its operations makes.
        var last: [String: Int] = [:]
        for operation in (model.program?.operations ?? []).indices { last[name(operation)] = operation }
        var found: [NamedTensor] = []
        do throws(RunError) {
            for (index, input) in samples.enumerated() { try input.set(index, of: &session, 0..<input.count) }
            try session.run(showing: { last[name($0)] == $0 }) { operation, shape, elements in
                guard let value = try? TensorValue(shape: shape.dimensions, floats: elements) else { return }
                found.append(NamedTensor(name(operation), value))
            }
        } catch {
            throw .run(error, layer: nil)
        }
        outputs = found
    }
}

extension ModelFile {
    /// The model with what every layer puts out, where the file tells its layers; otherwise as it runs, with layers merged into others.
    func unmerged() throws(ConversionError) -> Model {
        guard let keras = try? kerasModel(), let lowered = try? lower(keras, isFused: false) else { return try runnable() }
        var omissions = Omissions(.forRunning)
        return try CompactConversion.open(try CompactConversion.runnableContent(lowered, .forRunning, &omissions))
    }
}
