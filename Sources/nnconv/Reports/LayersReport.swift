import KerasFiles
import KerasWriter
import Lowering

/// What `nnconv layers` shows of several classes.
struct LayersReport {
    var entries: [LayerEntry]
    var deviations: LayerDeviations?

    private var running: [LayerEntry] { entries.filter { $0.support.refusal == nil } }

    var list: [String] {
        var table = Table(("Layer", .left), ("Keras", .left), ("Runs", .left))
        for entry in entries {
            table.add(entry.name, entry.releases.words, entry.support.refusal.map { "no: " + $0.words } ?? "yes")
        }
        return table.lines + ["", "\(running.count) of \(entries.count) layer classes run. nnconv layers NAME shows the options of one."]
    }

    // MARK: JSON

    var json: JSON { ["layers": .array(entries.map { $0.json(deviations) })] }

    // MARK: Documentation

    var page: [String] {
        var lines = [
            "# Layers and options", "",
            "Made by `make support`, from the tables that models are checked with. Not to be edited.", "",
            "**exact**: what Keras computes. **rounded**: what Keras computes, in single precision, where Keras is told another type. **without effect**: "
                + "predictions are the same for every value. **refused**: a model that says so is never run, and `nnconv check` names layer, option and "
                + "value. A key that is not listed is refused, too. *Keras* are the releases whose files have a layer or an option: tf.keras 2.4 to "
                + "2.15, Keras 3 from 3.0, or Keras 3 after 3.0; *earlier* ones are Keras 1, Keras 2.0 to 2.3 and TensorFlow 1.", "",
            "\(running.count) of \(entries.count) layer classes run.", "", "## All layers", "",
        ]
        lines += pageTable
        if let several = deviations?.single[LayerDeviations.severalLayers] {
            lines += ["", "Models of several layers: " + several.words + "."]
        }
        lines += [
            "", "*Deviation* is the largest difference from Keras over all recorded small models with that layer alone, as a part of the largest number of an "
                + "answer (or of 1 where all are smaller), in single precision; in brackets where Keras computed in half precision. Whole numbers and "
                + "texts are the same.", "", "## Options",
        ]
        for entry in running { lines += ["", "### " + entry.name, ""] + entry.page }
        return lines
    }

    private var pageTable: [String] {
        ["| Layer | Keras | Runs | Models | Deviation |", "|---|---|---|--:|--:|"]
            + entries.map { entry in
                let bound = deviations?.single[entry.name]
                let half = deviations?.half[entry.name].map { " (\(Figures.scientific($0.relative)))" } ?? ""
                let name = entry.support.refusal == nil ? "[\(entry.name)](#\(entry.name.lowercased()))" : entry.name
                let deviation = entry.name == LayerDeviations.severalLayers ? nil : bound.map { Figures.scientific($0.relative) + half }
                return "| \(name) | \(entry.releases.words) | \(entry.support.refusal.map { "no: " + $0.words } ?? "yes") | "
                    + "\(deviation == nil ? "" : bound.map { String($0.models) } ?? "") | \(deviation ?? "") |"
            }
    }
}

extension LayerDeviations.Bound {
    var words: String {
        "\(Figures.counted(models, "model")), at most \(Figures.scientific(absolute)) absolute and \(Figures.scientific(relative)) relative"
    }
}

extension LayerEntry {
    var page: [String] {
        var lines = [facts.joined(separator: ". ") + "."]
        if !decidedOptions.isEmpty {
            lines += ["", "| Option | If absent | Values | Keras |", "|---|---|---|---|"]
            for option in decidedOptions {
                let values = option.groups.map { "**\($0.outcome.words)**: " + Self.cell($0.words) }.joined(separator: "; ")
                let former = formerName(of: option.key).map { " (`\($0)` in Keras 2)" } ?? ""
                let absent = option.isRequired || option.absent == nil ? option.absentWords : "`\(Self.cell(option.absentWords))`"
                lines.append("| `\(option.key)`\(former) | \(absent) | \(values) | \(releases(of: option.key).words) |")
            }
        }
        if !optionsWithoutEffect.isEmpty { lines += ["", "Without effect: " + optionsWithoutEffect.map { "`\($0)`" }.joined(separator: ", ") + "."] }
        if !rules.isEmpty { lines += ["", "Refused unless:"] + rules.map { "* " + $0 } }
        return lines
    }

    private static func cell(_ text: String) -> String { text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }

    func json(_ deviations: LayerDeviations?) -> JSON {
        var object: JSONObject = ["name": .string(name), "keras": releases.json, "runs": .bool(support.refusal == nil)]
        if !formerNames.isEmpty { object["former_names"] = .array(formerNames.map { .string($0) }) }
        if let refusal = support.refusal { object["refused"] = .string(refusal.words) }
        if !support.expansion.isEmpty { object["read_as"] = .array(support.expansion.map { .string($0) }) }
        if let mask = support.mask { object["mask"] = .string(mask.words) }
        if let integers = support.integers {
            object["whole_numbers"] = .string(integers.words)
            object["takes_texts"] = .bool(support.takesTexts)
        }
        object["options"] = .array(support.options.map(json))
        object["rules"] = .array(support.rules.map { ["options": .array($0.keys.map { .string($0) }), "must_hold": .string($0.words)] })
        if let bound = deviations?.single[name] {
            object["deviation"] = ["models": .integer(Int64(bound.models)), "absolute": .float(bound.absolute), "relative": .float(bound.relative)]
        }
        return .object(object)
    }

    private func json(_ option: OptionSupport) -> JSON {
        var object: JSONObject = ["option": .string(option.key), "keras": releases(of: option.key).json, "required": .bool(option.isRequired)]
        if let former = formerName(of: option.key) { object["former_name"] = .string(former) }
        if let absent = option.absent { object["if_absent"] = absent }
        object["values"] = .array(
            option.values.map { value in
                var entry: JSONObject = [:]
                if case .value(let literal) = value.values { entry["value"] = literal } else { entry["values"] = .string(value.values.words(isOnly: option.values.count == 1)) }
                entry["outcome"] = .string(value.outcome.words)
                return .object(entry)
            })
        return .object(object)
    }
}

extension [LayerReleases.Release] {
    var json: JSON { .array(map { .string($0.rawValue) }) }
}
