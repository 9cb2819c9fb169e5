import KerasFiles
import NNConvert

extension CheckReport {
    /// What was found, after the file's name.
    var words: String {
        var parts = ["ok"]
        if let verifiedTensors { parts.append(Figures.counted(verifiedTensors, "tensor") + " verified") }
        if let replayedVectors {
            parts.append(
                replayedVectors == 0 ? "no verification vector" : Figures.counted(replayedVectors, "verification vector") + " answered")
        }
        if let bytes = conversion?.byteCount { parts.append("converts to \(Figures.grouped(bytes)) bytes") }
        return parts.joined(separator: ", ")
    }

    func json(_ file: String) -> JSON {
        var object: JSONObject = ["file": .string(file), "ok": true]
        if let verifiedTensors { object["verified_tensors"] = .integer(Int64(verifiedTensors)) }
        if let replayedVectors { object["replayed_vectors"] = .integer(Int64(replayedVectors)) }
        if let conversion { object["conversion"] = conversion.json }
        return .object(object)
    }
}
