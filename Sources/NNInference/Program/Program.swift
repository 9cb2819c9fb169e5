/// What a model computes: inputs, a list of primitive operations in an order in which they can run, and outputs.
///
/// A program knows nothing of Keras and holds no strings and no weights: tensors are named by their place in the tensor table.
public struct Program: Hashable, Sendable {
    /// One input per entry; a dimension may be ``Shape/unknown``. The batch dimension always is.
    public var inputs: [ValueInfo]
    public var operations: [Operation]
    public var outputs: [ValueID]

    public init(inputs: [ValueInfo], operations: [Operation] = [], outputs: [ValueID] = []) {
        self.inputs = inputs
        self.operations = operations
        self.outputs = outputs
    }

    /// Checks the whole program and gives every value's type and shape.
    ///
    /// - Parameters:
    ///   - tensors: the tensor table the operations refer to.
    ///   - inputs: the inputs' shapes where more is known than the program says (a batch size, a number of steps).
    /// - Throws: the first thing that does not fit, with the operation it stands in.
    package func infer(tensors: [TensorDescriptor], inputs known: [ValueInfo]? = nil) throws(ProgramError) -> Inferred {
        var context = ShapeContext(values: known ?? inputs, tensors: tensors)
        var firstResults: [Int] = []
        for (index, operation) in operations.enumerated() {
            firstResults.append(context.values.count)
            do throws(ProgramError) {
                context.values += try operation.infer(context)
            } catch {
                throw ProgramError(error.problem, operation: index)
            }
        }
        guard !outputs.isEmpty else { throw ProgramError(.outputCount) }
        for output in outputs where !context.values.indices.contains(output.index) { throw ProgramError(.valueIndex(output.index)) }
        return Inferred(context: context, firstResults: firstResults)
    }

    /// Every value's type and shape, and where each operation's results begin.
    package struct Inferred {
        package var context: ShapeContext
        package var firstResults: [Int]

        package var values: [ValueInfo] { context.values }

        package func results(of operation: Int) -> Range<Int> {
            let end = operation + 1 < firstResults.count ? firstResults[operation + 1] : context.values.count
            return firstResults[operation]..<end
        }
    }
}
