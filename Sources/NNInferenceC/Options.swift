import NNInference

/// `nn_session_options` as laid out in `nninference.h`.
public struct Options {
    var batch: Int
    var threads: Int
    var carriesState: Int32
    var memoryLimit: Int
    var inputShapes: UnsafePointer<Int>?
    var inputShapeCount: Int

    /// The options for a model, or nil if the dimensions do not divide up among its inputs.
    func sessionOptions(for program: Program) -> SessionOptions? {
        var options = SessionOptions()
        if batch > 0 { options.batch = batch }
        if threads > 0 { options.threads = threads }
        if memoryLimit > 0 { options.memoryLimit = memoryLimit }
        options.carriesState = carriesState != 0
        guard let inputShapes else { return options }
        var next = 0
        for input in program.inputs {
            let rank = input.shape.rank - 1
            guard rank <= inputShapeCount - next else { return nil }
            options.inputShapes.append((next..<next + rank).map { inputShapes[$0] })
            next += rank
        }
        return next == inputShapeCount ? options : nil
    }
}
