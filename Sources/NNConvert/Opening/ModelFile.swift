import CompactFile
import KerasFiles
import NNInference

/// A model file of any kind, recognised by its content: the name of the file plays no part.
///
///     let file = try ModelFile.open(path: "model.h5")
///     let model = try file.runnable()
public struct ModelFile: Sendable {
    public enum Content: Sendable {
        /// A `.nnc` file, mapped.
        case compact(Model)
        /// A Keras file, of which only the configuration and the lists of weights have been read.
        case keras(KerasModel)
    }

    public let content: Content
    /// The file; empty for a folder.
    let source: ByteSource
    /// Bytes on disk; of a model in several files, those of the layers' weights.
    public let byteCount: UInt64
    let options: ReadingOptions

    private init(_ content: Content, _ source: ByteSource, byteCount: UInt64? = nil, _ options: ReadingOptions) {
        self.content = content
        self.source = source
        self.byteCount = byteCount ?? source.size
        self.options = options
    }

    /// Opens a file. Costs what reading the description of the model costs: no weight is read.
    ///
    /// - Parameter options: how Keras files are read and what goes with them; also how the one that a `.nnc` file was made from is given
    ///   back. A `.nnc` file needs neither architecture nor weights, and throws `.needless` when there are some.
    public static func open(path: String, options: ReadingOptions = ReadingOptions()) throws(ModelFileError) -> ModelFile {
        let source: ByteSource
        let isCompact: Bool
        do throws(KerasFileError) {
            guard let file = try file(path) else { return parted(try KerasModel.open(path: path, options: options), options) }
            source = file
            isCompact = isCompactFile(try source.read(at: 0, count: Int(min(source.size, UInt64(FileHeader.magic.count)))))
            if isCompact {
                if options.architecture != nil { throw KerasFileError(.needless(.architecture)) }
                if options.weights != nil { throw KerasFileError(.needless(.weights)) }
            }
        } catch {
            throw .keras(error)
        }
        if isCompact {
            let model: Model
            do throws(OpenError) { model = try Model(path: path) } catch { throw .compact(error) }
            let file = ModelFile(.compact(model), source, options)
            try file.requireReplacements()
            return file
        }
        do throws(KerasFileError) {
            let model = try KerasModel.open(source, options: options)
            let isWhole = options.architecture == nil && options.weights == nil
            return isWhole ? ModelFile(.keras(model), source, options) : parted(model, options)
        } catch {
            throw .keras(error)
        }
    }

    /// A model that is not in one file.
    private static func parted(_ model: KerasModel, _ options: ReadingOptions) -> ModelFile {
        let bytes = model.weightGroups.reduce(0) { $0 + $1.tensorBytes }
        return ModelFile(.keras(model), ByteSource([]), byteCount: bytes, options)
    }

    /// The program of a `.nnc` file has been made: whatever it lacks can only be replaced in the source.
    private func requireReplacements() throws(ModelFileError) {
        guard let name = options.replacements.first?.name else { return }
        let model: KerasModel?
        do throws(SourceViewError) { model = try kerasModel() } catch { throw .source(error) }
        guard model == nil else { return }
        throw .keras(KerasFileError(.nothingToReplace(name, replaceable: [])))
    }

    /// Nil when it is no file but, for example, the folder that an archive was unpacked to.
    private static func file(_ path: String) throws(KerasFileError) -> ByteSource? {
        do throws(KerasFileError) {
            return try ByteSource(path: path)
        } catch {
            guard error.kind == .notRegularFile else { throw error }
            return nil
        }
    }

    /// Whether a file that begins like this is a `.nnc` file, be it one that was cut off or changed on its way.
    private static func isCompactFile(_ head: [UInt8]) -> Bool {
        guard !head.isEmpty else { return false }
        let isCutOff = head.count < FileHeader.magic.count && FileHeader.magic.starts(with: head)
        return isCutOff || head.dropFirst().starts(with: FileHeader.magic[1...3])
    }
}

/// Why a model file could not be opened.
public enum ModelFileError: Error, Sendable {
    /// As a Keras file, or as any file at all.
    case keras(KerasFileError)
    /// As a `.nnc` file.
    case compact(OpenError)
    /// As a `.nnc` file whose Keras source is wanted.
    case source(SourceViewError)
}
