/// The weights of a Keras 3 file, parted by what they belong to.
struct ObjectWeights {
    var layers: [WeightGroup] = []
    var model: WeightGroup?
    var optimizer: WeightGroup?
    var others: [WeightGroup] = []

    init(_ groups: [WeightGroup]) {
        for group in groups {
            if group.name.isEmpty {
                model = group
            } else if group.name == ObjectPaths.optimizer {
                optimizer = group
            } else if group.name.utf8.split(separator: UInt8(ascii: "/")).first.map({ ObjectPaths.besideLayers.contains(String(Substring($0))) }) == true {
                others.append(group)
            } else {
                layers.append(group)
            }
        }
    }
}
