import KerasFiles
import Testing

@testable import KerasWriter

@Suite struct LayerReleasesTests {
    /// The table of Keras 3's keys is what Keras 3.15.1 writes.
    @Test func keysOfKeras3() throws {
        let source = try ByteSource(path: Fixtures.root + "/keys/keras-3.15.1.json")
        let recorded = try JSON(parsing: try source.read(at: 0, count: Int(source.size)), limits: Limits())
        let layers = try #require(recorded["layers"]?.objectValue)
        #expect(layers.keys.count > 120)
        for (className, keys) in zip(layers.keys, layers.values) {
            // The Python class behind it has another name.
            let name = className == "GroupedQueryAttention" ? "GroupQueryAttention" : className
            let expected = Set(try #require(keys.arrayValue).compactMap(\.stringValue)).union(["name", "trainable", "dtype", "activity_regularizer"])
            #expect(Keras3Layers.keys(of: name) == expected, "\(className)")
        }
    }

    @Test func releases() {
        #expect(LayerReleases.having(of: "Dense") == [.keras2, .keras30, .keras3])
        #expect(LayerReleases.having(of: "RMSNormalization") == [.keras3])
        #expect(LayerReleases.having("antialias", of: "Resizing") == [.keras3])
        #expect(LayerReleases.having("negative_slope", of: "LeakyReLU") == [.keras2, .keras30, .keras3])
        #expect(LayerReleases.formerName(of: "negative_slope", of: "LeakyReLU") == "alpha")
        #expect(LayerReleases.formerName(of: "threshold", of: "ReLU") == nil)
        #expect(LayerReleases.having("time_major", of: "LSTM") == [])
        #expect(LayerReleases.having(of: "LocallyConnected1D") == [.keras2])
    }
}
