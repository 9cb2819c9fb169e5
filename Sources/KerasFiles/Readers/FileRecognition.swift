/// What a file is, by its content.
enum FileRecognition {
    case wholeModel(HDF5File)
    /// Something that is not, or not yet, read.
    case other(KerasFileError.FileFormat)

    init(_ source: ByteSource, limits: Limits) throws(KerasFileError) {
        guard source.size > 0 else {
            self = .other(.empty)
            return
        }
        if try HDF5File.recognizes(source) {
            let file = try HDF5File(source: source, limits: limits)
            self = Self.content(of: file)
            return
        }
        let head = try source.read(at: 0, count: Int(min(source.size, 16)))
        let known = Self.signatures.first { head.starts(with: $0.bytes) }
        self = .other(known?.format ?? .unknown)
    }

    private static let signatures: [(bytes: [UInt8], format: KerasFileError.FileFormat)] = [
        (Array("PK\u{3}\u{4}".utf8), .zip),
        (Array("{".utf8), .json),
        (Array("[".utf8), .json),
    ]

    private static func content(of file: HDF5File) -> FileRecognition {
        let root = file.root
        if file.root.attributes["model_config"] != nil { return .wholeModel(file) }
        if root.attributes.hasStringList("layer_names") { return .other(.weightsOnly) }
        if root.attributes["nb_layers"] != nil { return .other(.keras0) }
        return .other(hasVariables(root) ? .keras3Weights : .hdf5)
    }

    /// Keras 3 keeps an object's variables in a group called `vars`. The reader has bounded the depth of groups.
    private static func hasVariables(_ group: HDF5Group) -> Bool {
        group.groups.contains { $0.name == "vars" || hasVariables($0) }
    }
}
