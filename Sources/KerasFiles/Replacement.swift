/// A built-in of Keras that its user says is to stand for something a file names and cannot carry: a function of the author's, a Lambda,
/// a custom layer. Nothing is ever guessed: without one, such a thing stays what it is.
public struct Replacement: Sendable, Equatable {
    /// What the file calls it: an activation function (`<lambda>`, `wobble`, `package>swish`), the class of a layer (`Custom>Sway`), or a
    /// layer by its name (`doubled`).
    public var name: String
    /// An activation function or a class of layers, by its Keras 3 name.
    public var builtIn: String
    /// The configuration of the layer that takes the other's place, in Keras 3 form. `name`, `trainable` and `dtype` stay as they are.
    public var config: JSONObject

    /// Nil when `builtIn` is no activation function of Keras, and no class of layers that holds no other layers, or when a function
    /// is given a configuration.
    public init?(_ name: String, with builtIn: String, config: JSONObject = [:]) {
        let isLayer = LayerVariables.hasClass(builtIn) && ChildKey.table[builtIn] == nil && !Self.unfit.contains(builtIn)
        guard isLayer || (ActivationNames.builtIn.contains(builtIn) && config.isEmpty) else { return nil }
        self.name = name
        self.builtIn = builtIn
        self.config = config
    }

    /// From `NAME=BUILT-IN` or `NAME=CLASS:{"key": value}`.
    public init?(_ text: String, limits: Limits = Limits()) {
        let head = text.firstIndex(of: "{").map { text[..<$0] } ?? text[...]
        // The name may have an equals sign in it, the built-in has none.
        guard let equals = head.lastIndex(of: "=") else { return nil }
        let name = String(text[..<equals])
        var rest = text[text.index(after: equals)...]
        var config: JSONObject = [:]
        if let colon = rest.firstIndex(of: ":") {
            guard case .object(let given)? = try? JSON(parsing: Array(rest[rest.index(after: colon)...].utf8), limits: limits) else { return nil }
            config = given
            rest = rest[..<colon]
        }
        guard !name.isEmpty else { return nil }
        self.init(name, with: String(rest), config: config)
    }

    var isFunction: Bool { ActivationNames.builtIn.contains(builtIn) }

    /// Classes that hold code, or that are no layers of their own.
    private static let unfit: Set = ["Lambda", "InputLayer"]

    /// Keys of a layer that a replacement leaves alone.
    static let keptKeys = ["name", "trainable", "dtype"]
}
