/// The releases of Keras that a row of a dialect table is about.
struct Writers: Sendable {
    let lineages: Set<KerasVersion.Lineage>
    /// The first release that the row is about; nil for all.
    let from: (Int, Int, Int)?
    /// The first release after that which it is not about; nil for all.
    let before: (Int, Int, Int)?

    init(
        _ lineages: Set<KerasVersion.Lineage>, from: (Int, Int, Int)? = nil, before: (Int, Int, Int)? = nil
    ) {
        self.lineages = lineages
        self.from = from
        self.before = before
    }

    func include(_ version: KerasVersion) -> Bool {
        lineages.contains(version.lineage) && from.map { version >= $0 } ?? true && before.map { version < $0 } ?? true
    }

    static let all = Writers([.standalone, .tensorFlow, .multiBackend])
    /// Every Keras before Keras 3.
    static let keras2 = Writers([.standalone, .tensorFlow])
}
