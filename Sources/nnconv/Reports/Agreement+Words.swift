import KerasFiles
import NNConvert

extension Agreement {
    /// One line: how many numbers agree, and how far they are apart.
    var words: String {
        let numbers = count == 1 ? "1 number" : "\(Figures.grouped(count)) numbers"
        let largest = "largest difference \(Float(largestDifference))"
        guard let firstDeparture else { return "\(numbers) \(count == 1 ? "agrees" : "agree"), \(largest)" }
        return "departs: element \(firstDeparture.position) is \(Float(firstDeparture.found)) instead of \(Float(firstDeparture.expected)); "
            + "\(numbers), \(largest)"
    }

    /// `kind` is the key of the name: `output`, `layer`.
    func json(_ kind: String, _ name: String) -> JSON {
        var object = JSONObject([(key: kind, value: .string(name))])
        object["count"] = .integer(Int64(count))
        object["largest_difference"] = .float(largestDifference)
        object["agrees"] = .bool(isClose)
        if let firstDeparture {
            object["first_departure"] = .object([
                "element": .integer(Int64(firstDeparture.position)), "expected": .float(firstDeparture.expected), "found": .float(firstDeparture.found),
            ])
        }
        return .object(object)
    }
}
