/// A model ready to run, in `Float`. Everything is allocated when it is made; a run allocates nothing.
///
///     let model = try Model(bytes: bytes)
///     var session = try Session(model)
///     let prediction = try session.run([0.3, -1.2])
///
/// A session is used by one task at a time; several sessions can share a model.
public struct Session: ~Copyable {
    public let model: Model
    let engine: Engine<Float>

    /// - Throws: a ``ProgramError`` if the options leave a dimension open, contradict the model or ask for too much memory.
    /// - Complexity: linear in the operations and values; weights are used where they lie, except those that are not stored in `Float`.
    public init(_ model: Model, options: SessionOptions = SessionOptions()) throws(ProgramError) {
        guard let program = model.program else { throw ProgramError(.outputCount) }
        let engine = try Engine<Float>(program, model.storedTensors, options)
        self.model = model
        self.engine = engine
    }

    /// A session for `batch` samples per run.
    public init(_ model: Model, batch: Int) throws(ProgramError) {
        var options = SessionOptions()
        options.batch = batch
        try self.init(model, options: options)
    }

    public var inputCount: Int { engine.program.inputs.count }
    public var outputCount: Int { engine.program.outputs.count }

    /// The type and shape, batch included, of an input.
    public func inputInfo(_ index: Int) throws(RunError) -> ValueInfo {
        guard engine.inputs.indices.contains(index) else { throw RunError.noSuchInput(index) }
        return engine.info(ValueID(index))
    }

    /// The type and shape, batch included, of an output.
    public func outputInfo(_ index: Int) throws(RunError) -> ValueInfo {
        guard engine.outputs.indices.contains(index) else { throw RunError.noSuchOutput(index) }
        return engine.info(engine.program.outputs[index])
    }

    // MARK: Running

    /// Predicts: copies `x` into the only input, runs, and gives the first output.
    ///
    /// - Parameter x: the input's elements in row-major order, `[batch, ...]`.
    /// - Returns: the output's elements in row-major order. Allocates this array and nothing else; ``run(_:into:)`` does without.
    public mutating func run(_ x: [Float]) throws(RunError) -> [Float] {
        try setInput(0, x.span)
        try run()
        return try outputElements(0)
    }

    /// Predicts without any allocation.
    ///
    /// - Parameters:
    ///   - x: the only input's elements in row-major order.
    ///   - y: receives the first output's elements.
    public mutating func run(_ x: Span<Float>, into y: inout MutableSpan<Float>) throws(RunError) {
        try setInput(0, x)
        try run()
        try copyOutput(0, into: &y)
    }

    /// Runs on the inputs that were set.
    public mutating func run() throws(RunError) { try engine.run() }

    // MARK: Inputs and outputs

    /// Sets an input's elements in row-major order. Numbers for an input of indices must be whole.
    public mutating func setInput(_ index: Int, _ elements: Span<Float>) throws(RunError) {
        try input(index).write(count: elements.count) { elements[$0] }
    }

    /// Sets an input's elements from integers.
    public mutating func setInput(_ index: Int, _ elements: Span<Int32>) throws(RunError) {
        try input(index).write(integers: elements.count) { elements[$0] }
    }

    /// Sets an input's elements from integers of 64 bits, as identifiers may need. Throws ``RunError/notAnIndex(position:)`` where the
    /// input's type has no place for one.
    public mutating func setInput(_ index: Int, _ elements: Span<Int64>) throws(RunError) {
        try input(index).write(integers: elements.count) { elements[$0] }
    }

    /// Copies an output's elements.
    public func copyOutput(_ index: Int, into elements: inout MutableSpan<Float>) throws(RunError) {
        let region = try output(index)
        guard elements.count == region.count else { throw RunError.elementCount(expected: region.count, found: elements.count) }
        for position in 0..<region.count { elements[position] = region.number(at: position) }
    }

    /// An output's elements as an array.
    public func outputElements(_ index: Int) throws(RunError) -> [Float] {
        let region = try output(index)
        return (0..<region.count).map { region.number(at: $0) }
    }

    // MARK: Recurrent state

    /// The recurrent layers' state after a run, `[layer][h, c][batch, units]` in program order. Set it to go on from there, in
    /// this session or another of the same shape; see ``SessionOptions/carriesState``.
    public var state: [Float] {
        let region = engine.stateRegion
        return (0..<region.count).map { region[$0] }
    }

    /// Numbers in ``state``.
    public var stateCount: Int { engine.stateCount }

    /// Copies the recurrent state without allocating.
    public func copyState(into elements: inout MutableSpan<Float>) throws(RunError) {
        let region = engine.stateRegion
        guard elements.count == region.count else { throw RunError.elementCount(expected: region.count, found: elements.count) }
        for position in 0..<region.count { elements[position] = region[position] }
    }

    /// Sets the recurrent state.
    public mutating func setState(_ elements: Span<Float>) throws(RunError) {
        let region = engine.stateRegion
        guard elements.count == region.count else { throw RunError.elementCount(expected: region.count, found: elements.count) }
        for position in 0..<elements.count { region[position] = elements[position] }
    }

    /// Makes all recurrent state zero.
    public mutating func resetState() { engine.stateRegion.fill(0) }

    // MARK: Costs

    /// Bytes of working memory.
    public var arenaBytes: Int { engine.arena.byteCount }
    /// Bytes of recurrent state.
    public var stateBytes: Int { engine.state.byteCount }
    /// Bytes of prepared weights: conversions, scale and shift vectors.
    public var preparedBytes: Int { engine.preparedBytes }

    func input(_ index: Int) throws(RunError) -> ValueRegion<Float> {
        guard engine.inputs.indices.contains(index) else { throw RunError.noSuchInput(index) }
        return engine.inputs[index]
    }

    func output(_ index: Int) throws(RunError) -> ValueRegion<Float> {
        guard engine.outputs.indices.contains(index) else { throw RunError.noSuchOutput(index) }
        return engine.outputs[index]
    }
}
