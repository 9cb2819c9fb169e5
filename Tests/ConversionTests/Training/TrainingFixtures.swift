import KerasFiles

/// Models in the middle of their training, and how it went on: `Fixtures/training`.
enum TrainingFixtures {
    static let data = folder + "/data.npz"

    /// As `writer/name`.
    static let models: [String] = Fixtures.names(in: folder).filter { $0.hasSuffix(".zip") }.flatMap { file in
        let members = (try? archive(String(file.dropLast(4))))?.members ?? []
        return members.map(\.name).filter { $0 != losses }.map { "\(file.dropLast(4))/\($0.prefix { $0 != "." })" }
    }

    static func open(_ model: String) throws -> KerasModel {
        let (archive, name) = try place(model)
        let member = try archive.members.first { $0.name.hasPrefix(name + ".") }.unwrapped()
        return try KerasModel.open(try archive.source(of: member.name))
    }

    /// The file as it is.
    static func bytes(_ model: String) throws -> [UInt8] {
        let (archive, name) = try place(model)
        let source = try archive.source(of: try archive.members.first { $0.name.hasPrefix(name + ".") }.unwrapped().name)
        return try source.read(at: 0, count: Int(source.size))
    }

    /// The loss of every step after the file was written, had the training not been interrupted.
    static func losses(_ model: String) throws -> JSON {
        let (archive, name) = try place(model)
        let source = try archive.source(of: losses)
        let text = try source.read(at: 0, count: Int(source.size))
        return try JSON(parsing: String(decoding: text, as: UTF8.self))[name].unwrapped()
    }

    private static let folder = Fixtures.root + "/training"
    private static let losses = "losses.json"

    private static func place(_ model: String) throws -> (archive: ZipArchive, name: String) {
        let parts = model.split(separator: "/").map(String.init)
        return (try archive(parts[0]), parts[1])
    }

    private static func archive(_ writer: String) throws -> ZipArchive {
        try ZipArchive(source: try ByteSource(path: "\(folder)/\(writer).zip"))
    }
}

extension Optional {
    fileprivate struct Missing: Error {}

    fileprivate func unwrapped() throws -> Wrapped {
        guard let self else { throw Missing() }
        return self
    }
}
