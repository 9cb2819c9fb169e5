import KerasFiles
import KerasWriter
import Lowering

/// What `nnconv layers` shows of one class: what is enforced, and the releases that have it.
struct LayerEntry {
    var support: LayerSupport

    static let all = (LayerSupport.all + vanished).map { LayerEntry(support: $0) }

    /// Layers of Keras 1 and 2 that nothing of Keras 3 stands for.
    private static let vanished = AbsentClasses.names.sorted().filter { name in !LayerSupport.all.contains { $0.className == name } }
        .map { LayerSupport(refused: $0) }

    var name: String { support.className }
    var formerNames: [String] { ClassNames.former(of: name) }
    var releases: [LayerReleases.Release] { LayerReleases.having(of: name) }

    /// What a person reads before the table of options.
    var facts: [String] {
        var facts = ["Keras: " + releases.words]
        if !formerNames.isEmpty { facts.append("Also called " + formerNames.joined(separator: ", ")) }
        if let refusal = support.refusal {
            facts.append("Does not run: " + refusal.words)
            if let remedy = Refusal(path: "", className: name, reason: refusal).remedy { facts.append(remedy) }
        }
        if !support.expansion.isEmpty { facts.append("Read as " + support.expansion.joined(separator: ", ") + " one after the other, with their options") }
        if let mask = support.mask { facts.append("A mask " + mask.words) }
        if let integers = support.integers { facts.append("Whole numbers are " + integers.words + (support.takesTexts ? "; texts are taken" : "")) }
        return facts
    }

    /// Of options with an outcome that depends on the value.
    var decidedOptions: [OptionSupport] { support.options.filter { !$0.isWithoutEffect } }
    var optionsWithoutEffect: [String] { support.options.filter(\.isWithoutEffect).map(\.key) }

    var rules: [String] { support.rules.map(\.words) }

    // MARK: Text

    var lines: [String] {
        var lines = [name] + facts
        if !decidedOptions.isEmpty {
            var table = Table(("Option", .left), ("If absent", .left), ("Value", .left), ("Outcome", .left), ("Keras", .left))
            for option in decidedOptions {
                var key = option.key + (formerName(of: option.key).map { " (\($0) in Keras 2)" } ?? "")
                var (absent, releases) = (option.absentWords, releases(of: option.key).words)
                for group in option.groups {
                    var outcome = group.outcome.words
                    for line in Self.wrapped(group.words) {
                        table.add(key, absent, line, outcome, releases)
                        (key, absent, outcome, releases) = ("", "", "", "")
                    }
                }
            }
            lines += [""] + table.lines
        }
        if !optionsWithoutEffect.isEmpty { lines += ["", "Without effect: " + optionsWithoutEffect.joined(separator: ", ")] }
        if !rules.isEmpty { lines += ["", "Refused unless"] + rules.map { "  " + $0 } }
        return lines
    }

    /// A list as lines that a terminal has room for.
    private static func wrapped(_ words: String) -> [String] {
        var lines = [""]
        for part in words.split(separator: ", ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(part)
            } else if last.count + part.count + 2 > 72 {
                lines[lines.count - 1] += ","
                lines.append(String(part))
            } else {
                lines[lines.count - 1] += ", " + part
            }
        }
        return lines
    }

    func releases(of key: String) -> [LayerReleases.Release] { LayerReleases.having(key, of: name) }

    /// What Keras 2 calls the key, where that is another name.
    func formerName(of key: String) -> String? { LayerReleases.formerName(of: key, of: name) }
}

extension OptionSupport {
    var isWithoutEffect: Bool { values.allSatisfy { $0.outcome == .withoutEffect } }

    var absentWords: String { isRequired ? "refused" : absent.map(\.shortText) ?? "" }

    /// Neighbouring values with the same outcome.
    var groups: [(words: String, outcome: Outcome)] {
        var groups: [(words: String, outcome: Outcome)] = []
        for value in values {
            let words = value.values.words(isOnly: values.count == 1)
            if let last = groups.last, last.outcome == value.outcome {
                groups[groups.count - 1].words += ", " + words
            } else {
                groups.append((words, value.outcome))
            }
        }
        return groups
    }
}
