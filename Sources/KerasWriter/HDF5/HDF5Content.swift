import KerasFiles

/// A group of an HDF5 file that is to be written, with all that is in it, in the order of writing.
struct HDF5GroupContent: Sendable {
    private(set) var attributes: [(name: String, value: HDF5AttributeContent)] = []
    private(set) var members: [(name: String, value: Member)] = []
    private var places: [String: Int] = [:]

    enum Member: Sendable {
        case group(HDF5GroupContent)
        case dataset(HDF5DatasetContent)
    }
}

/// A tensor of an HDF5 file that is to be written.
struct HDF5DatasetContent: Sendable {
    var tensor: Tensor
    var attributes: [(name: String, value: HDF5AttributeContent)] = []

    init(_ tensor: Tensor) { self.tensor = tensor }
}

enum HDF5AttributeContent: Sendable {
    case text(String, HDF5Attribute.Charset)
    case texts([String], TextStorage)
    /// What NumPy, and with it Keras, makes of an empty list: float64 of shape `(0,)`.
    case emptyList

    enum TextStorage: Sendable {
        case variable
        /// Bytes, padded with zeros.
        case fixed(Int)
    }
}

extension HDF5GroupContent {
    /// All datasets in it, in the order of writing.
    var datasets: [HDF5DatasetContent] {
        members.flatMap { member in
            switch member.value {
            case .dataset(let dataset): [dataset]
            case .group(let group): group.datasets
            }
        }
    }
}

/// Paths are relative to the group; empty components and `.` mean nothing, as everywhere in HDF5. What is missing on the way is
/// made. A function that returns false has found something in the way.
extension HDF5GroupContent {
    /// Changes the group at `path`.
    mutating func change(at path: String, _ body: (inout HDF5GroupContent) -> Void) -> Bool {
        change(at: Self.components(path)[...]) { group in
            body(&group)
            return true
        }
    }

    /// Puts a dataset at `path`, where nothing may be.
    mutating func insert(_ dataset: HDF5DatasetContent, at path: String) -> Bool {
        let components = Self.components(path)
        guard let last = components.last else { return false }
        return change(at: components.dropLast()[...]) { group in
            guard group.places[last] == nil else { return false }
            group.append(last, .dataset(dataset))
            return true
        }
    }

    /// Sets an attribute that the group does not have.
    mutating func set(_ name: String, _ value: HDF5AttributeContent) { attributes.append((name, value)) }

    private static func components(_ path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.map(String.init)
    }

    private mutating func change(at path: ArraySlice<String>, _ body: (inout HDF5GroupContent) -> Bool) -> Bool {
        guard let first = path.first else { return body(&self) }
        let place = places[first] ?? members.count
        if place == members.count { append(first, .group(HDF5GroupContent())) }
        guard case .group(var inner) = members[place].value else { return false }
        // With a second reference to it every change would copy the group.
        members[place].value = .group(HDF5GroupContent())
        defer { members[place].value = .group(inner) }
        return inner.change(at: path.dropFirst(), body)
    }

    private mutating func append(_ name: String, _ member: Member) {
        places[name] = members.count
        members.append((name, member))
    }
}
