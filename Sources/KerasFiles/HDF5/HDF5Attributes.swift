/// The attributes of one object, in the order in which they are stored.
public struct HDF5Attributes: Sendable, Equatable, RandomAccessCollection {
    let objectPath: String
    private let stored: [HDF5Attribute]
    /// Attributes are few, but nothing keeps a file from having thousands.
    private let places: [ExactText: Int]

    /// `stored` must not hold a name twice.
    init(objectPath: String, _ stored: [HDF5Attribute]) {
        self.objectPath = objectPath
        self.stored = stored
        places = Dictionary(stored.enumerated().map { (ExactText($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var startIndex: Int { stored.startIndex }
    public var endIndex: Int { stored.endIndex }
    public subscript(position: Int) -> HDF5Attribute { stored[position] }

    /// The attribute called `name`, or nil.
    public subscript(name: String) -> HDF5Attribute? { places[ExactText(name)].map { stored[$0] } }

    public var names: [String] { stored.map(\.name) }

    /// The text of the scalar attribute `name`. Throws `.missingAttribute` or `.wrongType`.
    public func string(_ name: String) throws(KerasFileError) -> String {
        guard let attribute = self[name] else { throw missing(name) }
        return try attribute.string()
    }

    /// The text of the scalar attribute `name`, or nil when there is no such attribute. Throws `.wrongType`.
    public func optionalString(_ name: String) throws(KerasFileError) -> String? {
        try self[name]?.string()
    }

    /// Whether ``stringList(_:)`` finds something.
    public func hasStringList(_ name: String) -> Bool {
        self[name] != nil || self[name + "0"] != nil
    }

    /// The texts of the one-dimensional attribute `name`. A list that does not fit an object header is stored in parts
    /// `name0`, `name1`, ... (Keras since 2.1.5), which are joined here. Throws `.missingAttribute` or `.wrongType`;
    /// a list that is stored both ways is `.malformed(.attribute, .duplicate)`.
    public func stringList(_ name: String) throws(KerasFileError) -> [String] {
        if let whole = self[name] {
            guard self[name + "0"] == nil else {
                throw KerasFileError(.malformed(.attribute, .duplicate), path: objectPath, key: name)
            }
            return try whole.strings()
        }
        guard self[name + "0"] != nil else { throw missing(name) }
        var joined: [String] = []
        var index = 0
        while let part = self[name + String(index)] {
            joined += try part.strings()
            index += 1
        }
        return joined
    }

    private func missing(_ name: String) -> KerasFileError {
        KerasFileError(.missingAttribute, path: objectPath, key: name)
    }
}
