import KerasFiles
import Testing

@testable import Lowering

/// What is shown of layers is what is enforced.
@Suite struct SupportTests {
    /// A value that no key takes.
    private static let strange: JSON = ["neither": [nil, "this", -1.5]]

    /// A policy of a quantised layer.
    private static func policy(_ mode: String) -> JSON {
        let parameters = ["int4": "/128", "gptq": "/4/-1", "awq": "/4/32"][mode] ?? ""
        return .string(mode + parameters + "_from_float32")
    }

    /// Every value that is named is accepted or refused as it is said to be, and others are.
    @Test(arguments: LayerTable.definitions.map(\.className))
    func valuesAreEnforced(_ className: String) throws {
        let definition = try #require(LayerTable[className])
        for declaration in definition.keys {
            let support = declaration.support
            #expect(support.key == declaration.name)
            for value in support.values {
                switch value.values {
                case .value(let literal): try expect(declaration, className, literal, isRefused: value.outcome == .refused)
                case .anyOther: try expect(declaration, className, Self.strange, isRefused: value.outcome == .refused)
                case .code where value.outcome == .refused: try expect(declaration, className, "<lambda>", isRefused: true)
                case .layer(let classes):
                    for inner in classes where inner != "PReLU" {
                        let config: JSON = inner == "Activation" ? ["activation": "relu"] : [:]
                        try expect(declaration, className, ["class_name": .string(inner), "config": config], isRefused: false)
                    }
                case .policy(let modes):
                    for mode in modes { try expect(declaration, className, Self.policy(mode), isRefused: false) }
                case .kind, .code: break
                }
            }
            if support.isRequired { try expect(declaration, className, nil, isRefused: true) }
            if let absent = support.absent { try expect(declaration, className, absent, isRefused: false) }
        }
    }

    /// - Parameter value: nil for a configuration without the key.
    private func expect(_ declaration: KeyDeclaration, _ className: String, _ value: JSON?, isRefused: Bool) throws {
        var layer = try KerasLayer.layer(className)
        layer.config[declaration.name] = value
        do throws(Refusal) {
            try declaration.check(layer)
            #expect(!isRefused, "\(className) \(declaration.name) = \(value?.serialized() ?? "nothing") is accepted")
        } catch {
            #expect(isRefused, "\(className) \(declaration.name) = \(value?.serialized() ?? "nothing") is refused: \(error.reason)")
        }
    }

    @Test func everyClassIsThereOnce() {
        let names = LayerSupport.all.map(\.className)
        #expect(Set(names).count == names.count)
        #expect(LayerSupport.all.filter { $0.refusal == nil && $0.expansion.isEmpty }.map(\.className) == LayerTable.definitions.map(\.className))
        for entry in LayerSupport.all where entry.refusal != nil { #expect(entry.options.isEmpty) }
        #expect(LayerSupport.all.contains { $0.className == "Lambda" && $0.refusal == .containsCode })
    }

    @Test func deviationsAreTheLargest() throws {
        var deviations = LayerDeviations()
        deviations.add([1, 2.5, .nan], [1, 2, .nan], className: "Dense", isHalf: false)
        deviations.add([100, 1], [101, .infinity], className: "Dense", isHalf: false)
        deviations.add([.infinity], [.infinity], className: "Dense", isHalf: true)
        #expect(deviations.single == ["Dense": .init(models: 2, absolute: .infinity, relative: .infinity)])
        #expect(deviations.half == ["Dense": .init(models: 1, absolute: 0, relative: 0)])

        var finite = LayerDeviations()
        finite.add([1, 2.5], [1, 2], className: "Dense", isHalf: false)
        finite.add([100, 1], [101, 1], className: "Dense", isHalf: false)
        #expect(finite.single["Dense"]?.absolute == 1)
        #expect(finite.single["Dense"]?.relative == 0.25)
        #expect(LayerDeviations(try JSON(parsing: Array(finite.json.serialized().utf8), limits: Limits())) == finite)
        #expect(LayerDeviations(["single": ["Dense": 3]]) == nil)
    }
}
