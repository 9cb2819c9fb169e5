import KerasFiles

/// A configuration key that a layer uses, with the kind of value it takes.
struct ConfigKey<Value>: Sendable {
    let name: String
    let type: KeyType<Value>
    /// What a file means that lacks the key; nil when it must be there.
    let absent: JSON?

    init(_ name: String, _ type: KeyType<Value>, default absent: JSON? = nil) {
        self.name = name
        self.type = type
        self.absent = absent
    }
}

/// How a value of one kind is read. `parse` throws a ``Refusal`` that names the layer and the key it stands at.
struct KeyType<Value>: Sendable {
    let kind: ValueKind
    let parse: @Sendable (JSON, ConfigPlace) throws(Refusal) -> Value

    init(_ kind: ValueKind, _ parse: @escaping @Sendable (JSON, ConfigPlace) throws(Refusal) -> Value) {
        self.kind = kind
        self.parse = parse
    }
}

/// Where a configuration value stands.
struct ConfigPlace {
    let layer: KerasLayer
    let key: String

    func refusal(_ reason: Refusal.Reason) -> Refusal { Refusal(layer, key: key, reason) }
}

extension KerasLayer {
    /// The value of a key of this layer's configuration, or what its absence means.
    subscript<Value>(key: ConfigKey<Value>) -> Value {
        get throws(Refusal) {
            guard let value = config[key.name] ?? key.absent else { throw Refusal(self, key: key.name, .missingKey) }
            return try key.type.parse(value, ConfigPlace(layer: self, key: key.name))
        }
    }
}
