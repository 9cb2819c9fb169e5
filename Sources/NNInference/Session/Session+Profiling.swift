extension Session {
    /// Runs on the inputs that were set and calls `body` after each operation of the program, in order.
    package mutating func run(afterEach body: (_ operation: Int) -> Void) throws(RunError) { try engine.run(afterEach: body) }

    /// Runs on the inputs that were set and gives `body` the first result of each operation that is wanted: its shape, batch
    /// included, and its elements in row-major order.
    package mutating func run(
        showing isWanted: (_ operation: Int) -> Bool, _ body: (_ operation: Int, _ shape: Shape, _ elements: [Float]) -> Void
    ) throws(RunError) {
        try engine.run { operation in
            guard isWanted(operation), let result = engine.inferred.results(of: operation).first,
                let region = try? engine.region(of: ValueID(result))
            else { return }
            body(operation, engine.info(ValueID(result)).shape, (0..<region.count).map { region.number(at: $0) })
        }
    }
}
