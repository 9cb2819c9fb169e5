import KerasFiles
import Testing

@Suite struct KerasVersionTests {
    @Test func lineages() throws {
        let expected: [(String, KerasVersion.Lineage)] = [
            ("1.2.2", .standalone), ("2.0.2", .standalone), ("2.3.1", .standalone), ("2.1.6-tf", .tensorFlow), ("2.2.4-tf", .tensorFlow),
            ("2.3.0-tf", .tensorFlow), ("2.4.0", .tensorFlow), ("2.15.0", .tensorFlow), ("2.21.0", .tensorFlow),
            ("3.0.0", .multiBackend), ("3.15.1", .multiBackend), ("3.16.0.dev2027", .multiBackend),
        ]
        for (text, lineage) in expected { #expect(KerasVersion(text)?.lineage == lineage, "\(text)") }
        #expect(KerasVersion.unnamed.major == 1)
        #expect(KerasVersion.unnamed.text == nil)
    }

    @Test func numbers() throws {
        let version = try #require(KerasVersion("2.10.3rc1"))
        #expect((version.major, version.minor, version.patch) == (2, 10, 3))
        #expect(version.text == "2.10.3rc1")
        #expect(KerasVersion("3").map { [$0.major, $0.minor, $0.patch] } == [3, 0, 0])
        for text in ["", "v2", "keras", ".2", "99999999999999999999.1"] { #expect(KerasVersion(text) == nil, "\(text)") }
    }
}
