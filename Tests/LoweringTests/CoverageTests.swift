import KerasFiles
import Testing

@testable import Lowering

/// No class of layers runs without numbers of Keras to compare with.
@Suite struct CoverageTests {
    /// Classes without any, and why.
    private static let exceptions = [
        "ThresholdedReLU": "files that have it are read as a ReLU",
        "Equalization": "Keras 3.15 makes no model with it: at inference it gives the very tensor that it was given, which it takes for a cycle",
    ]

    @Test(.enabled(if: !RecordedCase.isMatrix)) func everyClassHasACase() throws {
        var missing = Set(LayerSupport.all.filter { $0.refusal == nil && $0.expansion.isEmpty }.map(\.className))
        missing.subtract(Self.exceptions.keys)
        func find(in layer: KerasLayer) {
            missing.remove(layer.className)
            for child in layer.children { find(in: child) }
        }
        for recorded in RecordedCase.all where recorded.refusedKey == nil { find(in: try recorded.model().root) }
        for name in FixtureTests.runnable where !missing.isEmpty { (try? Fixtures.model(name)).map { find(in: $0.root) } }
        #expect(missing.isEmpty)
    }

    /// Layers of Keras 1 that others stand for.
    @Test func expandedClassesAreWhatTheyAreSaidToBe() throws {
        #expect(Set(ExpandedClasses.table.keys) == ["MaxoutDense"])
        let members = try Fixtures.model("keras-1.2.2/maxout_highway").root.members.filter { $0.className == "Sequential" }
        #expect(!members.isEmpty)
        for member in members { #expect(member.members.map(\.className) == ["InputLayer"] + (ExpandedClasses.table["MaxoutDense"] ?? [])) }
    }
}
