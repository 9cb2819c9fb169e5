extension Session {
    /// Runs on the inputs that were set and calls `body` after each operation of the program, in order.
    package mutating func run(afterEach body: (_ operation: Int) -> Void) throws(RunError) { try engine.run(afterEach: body) }
}
