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

    func json(_ output: String) -> JSON {
        var object: JSONObject = ["output": .string(output), "count": .integer(Int64(count)), "largest_difference": .float(largestDifference)]
        object["agrees"] = .bool(isClose)
        if let firstDeparture {
            object["first_departure"] = .object([
                "element": .integer(Int64(firstDeparture.position)), "expected": .float(firstDeparture.expected), "found": .float(firstDeparture.found),
            ])
        }
        return .object(object)
    }
}
