import KerasFiles
import NNConvert

/// What `nnconv verify` shows of a comparison with other answers.
struct VerificationReport {
    var file: String
    var reference: String
    var verification: Verification

    var lines: [String] {
        var lines = verification.outputs.map { Escaped.name($0.name) + ": " + $0.agreement.words }
        if let first = verification.firstLayer {
            lines.append("The first layer that departs is \(Escaped.name(first.name)): " + first.agreement.words)
        } else if verification.comparedLayers > 0 {
            lines.append("None of \(Figures.counted(verification.comparedLayers, "layer")) that could be compared departs.")
        }
        return lines
    }

    var json: JSON {
        var object: JSONObject = [
            "file": .string(file), "reference": .string(reference), "agrees": .bool(verification.isClose),
            "outputs": .array(verification.outputs.map { $0.agreement.json("output", $0.name) }),
        ]
        if !verification.isClose {
            object["compared_layers"] = .integer(Int64(verification.comparedLayers))
            object["first_layer"] = verification.firstLayer.map { $0.agreement.json("layer", $0.name) } ?? .null
        }
        return .object(object)
    }
}

extension ReplayReport {
    var words: String {
        let vectors = Figures.counted(vectorCount, "verification vector")
        guard let departure else { return "\(vectors), answered as recorded by all of \(Figures.counted(operationCount, "operation"))" }
        let layer = departure.layer.map { " of layer " + Escaped.name($0) } ?? ""
        let number = vectorCount > 1 ? " of vector \(departure.vector)" : ""
        return "departs from what was recorded\(number), first at operation \(departure.operation)\(layer): " + departure.digest.words
    }

    func json(_ file: String) -> JSON {
        var object: JSONObject = [
            "file": .string(file), "agrees": .bool(departure == nil), "vectors": .integer(Int64(vectorCount)),
            "operations": .integer(Int64(operationCount)),
        ]
        if let departure {
            var first: JSONObject = ["vector": .integer(Int64(departure.vector)), "operation": .integer(Int64(departure.operation))]
            first["layer"] = departure.layer.map { .string($0) }
            first["expected"] = .float(Double(departure.digest.expected))
            first["found"] = .float(Double(departure.digest.found))
            object["first_departure"] = .object(first)
        }
        return .object(object)
    }
}
