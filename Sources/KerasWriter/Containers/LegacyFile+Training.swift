import KerasFiles

extension LegacyFile {
    /// Adds what the model was compiled with, and what its optimizer keeps.
    mutating func add(_ training: TargetTraining, for dialect: KerasDialect) {
        var configuration = training.configuration
        guard let described = configuration.removeValue(forKey: "optimizer"), let className = described["class_name"],
            let config = described["config"]
        else { return }
        configuration["optimizer_config"] = ["class_name": className, "config": config]
        trainingConfiguration = .object(configuration)
        guard let state = training.state else { return }
        var taken: Set<String> = []
        let suffix = dialect == .keras2 ? ":0" : ""
        // Keras goes by the order; the names have to be different.
        optimizer = WrittenGroup(
            name: Self.optimizerWeights,
            weights: state.parts.map { part in
                let name = state.name + "/" + String(part.name.map { $0 == "/" ? "_" : $0 })
                var unused = name
                var number = 0
                while !taken.insert(unused).inserted {
                    number += 1
                    unused = "\(name)_\(number)"
                }
                return (unused + suffix, part.tensor)
            })
    }
}
