import CAllocationCounter
import NNConvert
import NNInference
import TensorFiles
import Testing

/// A run of a session allocates nothing, whatever the model.
@Suite struct ModelAllocationTests {
    @Test(arguments: Fixtures.runnable)
    func aRunAllocatesNothing(_ name: String) throws {
        let recorded = try #require(try Fixtures.recorded(name)["input_0"])
        let model = try ModelFile.open(path: Fixtures.path(name)).runnable()
        var options = SessionOptions()
        options.batch = recorded.shape[0]
        options.inputShapes = [Array(recorded.shape.dropFirst())]
        var session = try Session(model, options: options)
        let x = try recorded.floats()
        var y = [Float](repeating: 0, count: try #require(try session.outputInfo(0).shape.count))
        var output = y.mutableSpan
        try session.run(x.span, into: &output)

        allocation_counter_start()
        try session.run(x.span, into: &output)
        let count = allocation_counter_stop()
        #expect(count == 0)
    }
}
