import KerasFiles
import KerasWriter
import Lowering

extension KerasLayer {
    /// The class with the package of its author, which HDF5 and archives write in two ways.
    var comparedClass: String { fullClassName ?? className }

    /// The layer's own configuration as Keras 3 writes it, so that two dialects say the same thing in the same way.
    var comparedConfiguration: JSONObject {
        var layer = self
        layer.children = []
        layer.graph = nil
        var config = TargetConfiguration(for: .keras3, as: .archive).config(layer)
        // By its name a policy is easier to read, and to compare with a layer that has none.
        config["dtype"] = self.config["dtype"]
        // The input layer says it.
        if members.contains(where: { $0.className == "InputLayer" }) { config["build_input_shape"] = nil }
        // What became a child is compared as a child.
        for key in ChildKey.table[className] ?? [] { config.removeValue(forKey: key.key) }
        return config
    }

    /// What it means that a key is not in the layer's configuration, as far as that is declared.
    func absentValue(_ key: String) -> JSON? {
        if let value = Self.absentInAll[key] { return value }
        guard let declaration = LayerTable[className]?.keys.first(where: { $0.name == key }) else { return nil }
        return switch declaration.treatment {
        case .used(_, let absent): absent
        case .only(let allowed): allowed.count == 1 ? allowed[0] : nil
        case .withoutEffect: nil
        }
    }

    /// Keys that every layer of Keras 3 has, and older ones in part.
    private static let absentInAll: [String: JSON] = ["trainable": true, "dtype": "float32"]
}
