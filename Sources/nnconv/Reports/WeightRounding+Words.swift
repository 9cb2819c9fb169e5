import KerasFiles
import NNConvert

extension WeightRounding {
    /// The weights as a table, a line each.
    static func lines(_ roundings: [WeightRounding]) -> [String] {
        guard !roundings.isEmpty else { return [] }
        var table = Table(("Weight", .left), ("Signal to noise", .right), ("Largest error", .right), ("Bytes saved", .right), ("Inputs", .left))
        for rounding in roundings {
            let name = Escaped.name("\(rounding.layer)/\(rounding.role)")
            switch rounding.outcome {
            case .rounded(let ratio, let error):
                table.add(
                    name, decibels(ratio), Figures.scientific(error), Figures.grouped(rounding.sourceBytes - rounding.bytes),
                    rounding.roundsInputs ? "8 bits" : "")
            case .kept(let reason): table.add(name, "kept: \(reason.words)", "", "0", "")
            }
        }
        return table.lines
    }

    private static func decibels(_ ratio: Double) -> String { ratio.isFinite ? "\(Figures.fixed(ratio, 1)) dB" : "exact" }

    var json: JSON {
        var object: JSONObject = ["layer": .string(layer), "weight": .string(role), "bytes": .integer(Int64(clamping: bytes)),
            "source_bytes": .integer(Int64(clamping: sourceBytes)), "rounds_inputs": .bool(roundsInputs)]
        switch outcome {
        case .rounded(let ratio, let error):
            object["signal_to_noise_db"] = ratio.isFinite ? .float(ratio) : .null
            object["largest_error"] = .float(error)
        case .kept(let reason): object["kept"] = .string(reason.words)
        }
        return .object(object)
    }
}

extension WeightRounding.Reason {
    fileprivate var words: String {
        switch self {
        case .type(let name): "stored as \(name)"
        case .outOfRange: "has numbers that the type has no room for"
        case .rearranged: "is rearranged to run"
        case .noFactors: "has no place for factors"
        case .shared: "is shared by layers"
        case .noSmaller: "would not be smaller"
        }
    }
}
