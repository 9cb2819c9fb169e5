/// A folder of an HDF5 file.
public struct HDF5Group: Sendable {
    /// The last component of `path`; empty for the root.
    public let name: String
    /// From the root: `/model_weights/dense`; the root itself is `/`.
    public let path: String
    public let attributes: HDF5Attributes
    /// What is in it, in the order in which it is stored: ascending by the bytes of the name. For Keras's lists the order means nothing:
    /// it is given by the attributes `layer_names` and `weight_names`, or by numbers that sort as text (`10` before `2`).
    public let children: [HDF5Object]

    public var childNames: [String] { children.map(\.name) }
    public var groups: [HDF5Group] { children.compactMap(\.group) }
    public var datasets: [HDF5Dataset] { children.compactMap(\.dataset) }

    /// The object at a path relative to this group, `a/b/c`, or nil. There is no way up: `..` is a name like any other.
    /// An absolute path is not found.
    public func object(_ relativePath: String) -> HDF5Object? {
        let components = relativePath.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
        guard let last = components.last, relativePath.utf8.first != UInt8(ascii: "/") else { return nil }
        var here = self
        for component in components.dropLast() {
            guard case .group(let next)? = here.child(component) else { return nil }
            here = next
        }
        return here.child(last)
    }

    /// The group at a relative path. Throws `.missingObject`, or `.wrongType` when a dataset is there.
    public func group(_ relativePath: String) throws(KerasFileError) -> HDF5Group {
        switch object(relativePath) {
        case .group(let group): return group
        case .dataset(let dataset): throw KerasFileError(.wrongType(expected: .group, found: .dataset), path: dataset.path)
        case nil: throw KerasFileError(.missingObject, path: join(relativePath))
        }
    }

    /// The dataset at a relative path. Throws `.missingObject`, or `.wrongType` when a group is there.
    public func dataset(_ relativePath: String) throws(KerasFileError) -> HDF5Dataset {
        switch object(relativePath) {
        case .dataset(let dataset): return dataset
        case .group(let group): throw KerasFileError(.wrongType(expected: .dataset, found: .group), path: group.path)
        case nil: throw KerasFileError(.missingObject, path: join(relativePath))
        }
    }

    /// See ``HDF5Attributes/stringList(_:)``.
    public func stringList(_ name: String) throws(KerasFileError) -> [String] {
        try attributes.stringList(name)
    }

    /// The names of what is in the last group on the way to a relative path that is there: what may have been meant.
    func namesBeside(_ relativePath: String) -> [String] {
        var here = self
        for component in relativePath.utf8.split(separator: UInt8(ascii: "/")) {
            guard case .group(let next)? = here.child(component) else { break }
            here = next
        }
        return Array(here.childNames.prefix(10))
    }

    private func join(_ relativePath: String) -> String {
        path == "/" ? "/" + relativePath : path + "/" + relativePath
    }

    /// Binary search: children are in ascending order of their names' bytes, which the reader has checked.
    private func child(_ name: Substring.UTF8View) -> HDF5Object? {
        var low = 0
        var high = children.count
        while low < high {
            let middle = (low + high) / 2
            let candidate = children[middle].name.utf8
            if candidate.elementsEqual(name) { return children[middle] }
            if candidate.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

/// What a group holds.
public enum HDF5Object: Sendable {
    case group(HDF5Group)
    case dataset(HDF5Dataset)

    public var name: String {
        switch self {
        case .group(let group): group.name
        case .dataset(let dataset): dataset.name
        }
    }

    public var path: String {
        switch self {
        case .group(let group): group.path
        case .dataset(let dataset): dataset.path
        }
    }

    public var attributes: HDF5Attributes {
        switch self {
        case .group(let group): group.attributes
        case .dataset(let dataset): dataset.attributes
        }
    }

    public var group: HDF5Group? {
        if case .group(let group) = self { group } else { nil }
    }

    public var dataset: HDF5Dataset? {
        if case .dataset(let dataset) = self { dataset } else { nil }
    }
}
