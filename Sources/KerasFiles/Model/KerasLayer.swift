/// A layer, or a model that is used as one, the way Keras 3 describes it, with its weights.
public struct KerasLayer: Sendable {
    /// The class by its Keras 3 name: `Conv2D`, also where the file says `Convolution2D`. A class that is not Keras's own keeps
    /// the name that the file gives it.
    public var className: String
    /// Given by the user or by Keras; unique within one model. Names may hold any character.
    public var name: String
    /// Names from the root down to this layer, joined by `/`, for messages: `model/bidirectional/forward_lstm`.
    public var path: String
    /// What the layer is to the one that holds it.
    public var place: Place
    /// The layer's own keys in Keras 3 form, `name`, `trainable` and `dtype` among them. What became a child (`layers`, `layer`,
    /// `backward_layer`, `cell`) or the graph (`input_layers`, `output_layers`) is not here.
    public var config: JSONObject
    /// Where the writer found the class: a tag that nothing is ever looked up by. nil for Keras's own classes.
    public var module: String?
    /// `package>Name` for a class that its author registered; nil for Keras's own classes.
    public var registeredName: String?
    /// The layer's own variables in the order in which Keras creates them. Those of its children are with the children.
    public var weights: [LayerWeight]
    public var children: [KerasLayer]
    /// Files that the layer keeps in an archive, by their names without the folder: `vocabulary.txt`.
    public var assets: [Asset] = []
    /// How the members of a Functional model call each other; nil for other layers.
    public var graph: KerasGraph?
    /// The Python class behind the layer, where that is not ``className``: what files of weights call it.
    package var pythonClass: String?
    /// Whether Keras 1 kept the weights of all gates in one matrix, as all do since; it is asked of legacy weights by Keras 1 alone.
    var gatesAreJoined = false
    /// The same number in two places of a configuration stands for one layer that is used in both (Keras 3).
    package var sharedObject: Int64?

    public init(
        className: String, name: String, path: String, place: Place, config: JSONObject, module: String? = nil,
        registeredName: String? = nil, weights: [LayerWeight] = [], children: [KerasLayer] = [], graph: KerasGraph? = nil
    ) {
        self.className = className
        self.name = name
        self.path = path
        self.place = place
        self.config = config
        self.module = module
        self.registeredName = registeredName
        self.weights = weights
        self.children = children
        self.graph = graph
    }
}

extension KerasLayer {
    /// What a layer is to the layer that holds it.
    public enum Place: String, Sendable, Equatable {
        case root
        /// One of the layers of a model.
        case member
        /// The layer inside TimeDistributed and other wrappers.
        case wrapped
        /// The layers inside Bidirectional. `backward` is there even where the file leaves it to be made from the other.
        case forward, backward
        /// The cell of RNN, or one of the cells of StackedRNNCells.
        case cell
        /// A layer that stands as activation and has weights of its own (PReLU). The key still holds its description.
        case activation
    }

    /// The first child at `place`: the forward layer of a Bidirectional, say.
    public func child(_ place: Place) -> KerasLayer? { children.first { $0.place == place } }

    /// The members of a model, its input layers among them; empty for other layers.
    public var members: [KerasLayer] { children.filter { $0.place == .member } }

    /// The weight in a role (`kernel`), or nil when the layer has none.
    public func weight(_ role: String) -> Tensor? { weights.first { $0.role == role }?.tensor }

    /// Calls `body` with this layer and everything in it, outermost first.
    public func forEach<Failure: Error>(_ body: (KerasLayer) throws(Failure) -> Void) throws(Failure) {
        try body(self)
        for child in children { try child.forEach(body) }
    }
}

extension KerasLayer {
    /// `package>Name` of a class that its author registered, however the format writes it; nil for other classes.
    package var fullClassName: String? { registeredName ?? (module == nil && className.contains(">") ? className : nil) }
}
