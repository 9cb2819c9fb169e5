import KerasFiles

/// The model fixtures as models. What the HDF5 layer does not open is the concern of its own tests.
enum FixtureModels {
    static let wholeHDF5: [String] = Fixtures.models.filter { path in
        guard let source = try? ByteSource(path: Fixtures.root + "/" + path) else { return false }
        return (try? HDF5File(source: source)) != nil
    }

    static let archives: [String] = Fixtures.files(in: "archives", ".keras")

    static let paths = wholeHDF5 + archives

    static func open(_ path: String) throws -> KerasModel {
        try KerasModel.open(path: Fixtures.root + "/" + path)
    }
}

extension KerasLayer {
    /// This layer and all that are in it.
    var all: [KerasLayer] { [self] + children.flatMap(\.all) }

    /// The layer whose path is `path` below this one.
    func descendant(_ path: String) -> KerasLayer? { all.first { $0.path == self.path + "/" + path } }
}
