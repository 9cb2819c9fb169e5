import KerasFiles
import KerasWriter

extension KerasLayer {
    /// How the members of a Functional call each other; empty for other layers. `name` says what a member is called, by its place among the
    /// members, so that two models whose layers Keras numbered in two sessions can be compared.
    ///
    /// It is made from the typed graph: which call of which layer takes what from which call. How a release counts calls and nests lists
    /// is not in it.
    func comparedGraph(_ name: (Int) -> String) -> JSONObject {
        guard let graph else { return [:] }
        var members = members
        for index in members.indices { members[index].name = name(index) }
        let written = GraphConfiguration(graph, members: members, dialect: .keras3)
        var form: JSONObject = ["input_layers": written.inputs, "output_layers": written.outputs]
        var calls: JSONObject = [:]
        for (index, member) in members.enumerated() { calls[member.name] = written.calls(of: index) }
        form["inbound_nodes"] = .object(calls)
        return form
    }
}
