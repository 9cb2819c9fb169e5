/// What a file is, by its content.
enum FileRecognition {
    /// HDF5 with `model_config`.
    case wholeModel(HDF5File)
    case archive(ZipArchive)
    /// HDF5 weights by layer, and by object.
    case legacyWeights(HDF5File)
    case objectWeights(HDF5File)
    /// JSON that says in which files the weights are.
    case shardIndex(JSON)
    /// JSON that describes a model.
    case architecture(JSON)
    /// Something that is not read.
    case other(KerasFileError.FileFormat)

    init(_ source: ByteSource, limits: Limits) throws(KerasFileError) {
        guard source.size > 0 else {
            self = .other(.empty)
            return
        }
        if try HDF5File.recognizes(source) {
            self = Self.content(of: try HDF5File(source: source, limits: limits))
            return
        }
        let head = try source.read(at: 0, count: Int(min(source.size, 16)))
        if ZipArchive.recognises(head) {
            let archive = try ZipArchive(source: source, limits: limits)
            self = ArchiveReader.recognises(archive) ? .archive(archive) : .other(.zip)
        } else if let first = head.first(where: { !Self.blanks.contains($0) }), Self.brackets.contains(first) {
            self = Self.content(of: try Self.json(source, limits: limits))
        } else {
            self = .other(.unknown)
        }
    }

    /// What ``ReadingOptions/weights`` are; errors say that they are about them.
    init(weights source: ByteSource, limits: Limits) throws(KerasFileError) {
        do throws(KerasFileError) {
            self = try FileRecognition(source, limits: limits)
            switch self {
            case .legacyWeights, .objectWeights, .shardIndex: break
            case .wholeModel, .archive, .architecture, .other: throw KerasFileError(.unsupportedFormat(format))
            }
        } catch {
            throw error.about(.weights)
        }
    }

    /// What it is called in errors.
    var format: KerasFileError.FileFormat {
        switch self {
        case .wholeModel, .archive: .wholeModel
        case .legacyWeights: .weightsOnly
        case .objectWeights: .keras3Weights
        case .shardIndex: .shardedWeights
        case .architecture: .architecture
        case .other(let format): format
        }
    }

    private static let blanks: Set<UInt8> = Set(" \t\r\n".utf8)
    private static let brackets: Set<UInt8> = Set("{[\"".utf8)

    /// The JSON in `source`, also when it was written as a JSON text: `json.dump(model.to_json(), file)`.
    private static func json(_ source: ByteSource, limits: Limits) throws(KerasFileError) -> JSON {
        let json = try JSON(reading: source, path: nil, limits: limits)
        guard case .string(let text) = json else { return json }
        return try JSON(parsing: text, limits: limits)
    }

    private static func content(of json: JSON) -> FileRecognition {
        if json["weight_map"]?.objectValue != nil { return .shardIndex(json) }
        if json["class_name"]?.stringValue != nil, json["config"] != nil { return .architecture(json) }
        return .other(.json)
    }

    private static func content(of file: HDF5File) -> FileRecognition {
        let root = file.root
        if root.attributes["model_config"] != nil { return .wholeModel(file) }
        if root.attributes.hasStringList("layer_names") { return .legacyWeights(file) }
        if root.attributes["nb_layers"] != nil { return .other(.keras0) }
        return hasVariables(root) ? .objectWeights(file) : .other(.hdf5)
    }

    /// Keras 3 keeps an object's variables in a group called `vars`. The reader has bounded the depth of groups.
    private static func hasVariables(_ group: HDF5Group) -> Bool {
        group.groups.contains { $0.name == ObjectListing.variables || hasVariables($0) }
    }
}
