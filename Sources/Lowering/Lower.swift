import KerasFiles
import NNInference

/// Turns a Keras model into a program that computes the same.
///
/// Strict: every configuration key of every layer is used, known to be without effect, or a refusal. Either the whole model is
/// lowered or the error lists what stands in the way: all that the configurations tell, or, when those are fine, the
/// first layer that does not fit its input or its weights.
///
/// - Parameter isFused: whether operations are merged where that computes the same. Without, each layer's output is the result of the
///   last operation that bears its name.
public func lower(_ model: KerasModel, isFused: Bool = true) throws(LoweringError) -> LoweredModel {
    let unknown = model.layersOfUnknownKernelOrder.map { Refusal($0, .kernelOrder(backend: model.backend)) }
    return try lower(root: model.root, writer: WriterDifferences(model.version), refusals: unknown, isFused: isFused)
}

/// - Parameters:
///   - root: the model.
///   - writer: in what the Keras that wrote the file differs from Keras 3.
///   - refusals: what stands in the way beyond what the layers say.
///   - isFused: whether operations are merged where that computes the same.
func lower(
    root: KerasLayer, writer: WriterDifferences = .none, refusals: [Refusal] = [], isFused: Bool = true
) throws(LoweringError) -> LoweredModel {
    let refusals = Validation.refusals(ofModel: root) + refusals
    guard refusals.isEmpty else { throw LoweringError(refusals: refusals) }
    do throws(Refusal) {
        var builder = ProgramBuilder(root: root, writer: writer)
        try builder.lowerRoot(root)
        let lowered = builder.finished()
        return isFused ? lowered.fused() : lowered
    } catch {
        throw LoweringError(refusals: [error])
    }
}
