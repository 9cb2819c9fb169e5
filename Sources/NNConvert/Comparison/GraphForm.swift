import KerasFiles
import KerasWriter

extension KerasLayer {
    /// How the members of a Functional call each other, by their names; empty for other layers.
    var comparedGraph: JSONObject {
        guard let graph else { return [:] }
        let written = GraphConfiguration(graph, members: members, dialect: .keras3)
        var form: JSONObject = ["input_layers": written.inputs, "output_layers": written.outputs]
        var calls: JSONObject = [:]
        for (index, member) in members.enumerated() { calls[member.name] = written.calls(of: index) }
        form["inbound_nodes"] = .object(calls)
        return form
    }
}
