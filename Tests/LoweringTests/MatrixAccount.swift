import KerasFiles

/// What has become of the cases of the matrix, by class of layer: a case counts for every class in it.
struct MatrixAccount {
    struct Counts {
        var cases = 0
        var exact = 0
        var refused = 0
        var wrong = 0
    }

    private(set) var total = Counts()
    private var classes: [String: Counts] = [:]

    mutating func count(_ recorded: RecordedCase, _ outcome: RecordedCase.Outcome) {
        total.add(outcome)
        for name in Self.classNames(in: recorded.configuration) { classes[name, default: Counts()].add(outcome) }
    }

    private static func classNames(in configuration: JSON) -> Set<String> {
        var names: Set<String> = []
        func visit(_ value: JSON, isLayer: Bool) {
            if isLayer, let name = value["class_name"]?.stringValue, name != "InputLayer", name != "Sequential" { names.insert(name) }
            for (key, part) in value["config"]?.objectValue ?? value.objectValue ?? JSONObject() {
                switch key {
                case "layers", "cells": for layer in part.arrayValue ?? [] { visit(layer, isLayer: true) }
                case "layer", "backward_layer", "cell", "config": visit(part, isLayer: true)
                case "activation" where part.objectValue != nil: visit(part, isLayer: true)
                default: break
                }
            }
        }
        visit(configuration, isLayer: true)
        return names
    }

    var table: String {
        let rows = classes.sorted { $0.key < $1.key } + [("all cases", total)]
        let lines = rows.map { name, counts in
            ([name] + [counts.cases, counts.exact, counts.refused, counts.wrong].map { String($0) }).enumerated().map { column, text in
                let padding = String(repeating: " ", count: max((column == 0 ? 34 : 8) - text.count, 1))
                return column == 0 ? text + padding : padding + text
            }.joined()
        }
        return (["layer                                cases   exact refused   wrong"] + lines).joined(separator: "\n")
    }
}

extension MatrixAccount.Counts {
    fileprivate mutating func add(_ outcome: RecordedCase.Outcome) {
        cases += 1
        switch outcome {
        case .exact: exact += 1
        case .refused: refused += 1
        case .wrong: wrong += 1
        }
    }
}
