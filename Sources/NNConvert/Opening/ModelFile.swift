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
    /// Bytes on disk; of a folder, those of the layers' weights.
    public let byteCount: UInt64

    private init(_ content: Content, _ source: ByteSource, byteCount: UInt64? = nil) {
        self.content = content
        self.source = source
        self.byteCount = byteCount ?? source.size
    }

    /// Opens a file. Costs what reading the description of the model costs: no weight is read.
    public static func open(path: String, limits: Limits = Limits()) throws(ModelFileError) -> ModelFile {
        let source: ByteSource
        let isCompact: Bool
        do throws(KerasFileError) {
            guard let file = try file(path) else {
                let model = try KerasModel.open(path: path, limits: limits)
                let bytes = model.weightGroups.lazy.flatMap(\.weights).reduce(0) { $0 + UInt64($1.tensor.byteCount) }
                return ModelFile(.keras(model), ByteSource([]), byteCount: bytes)
            }
            source = file
            isCompact = isCompactFile(try source.read(at: 0, count: Int(min(source.size, UInt64(FileHeader.magic.count)))))
        } catch {
            throw .keras(error)
        }
        if isCompact {
            do throws(OpenError) {
                return ModelFile(.compact(try Model(path: path)), source)
            } catch {
                throw .compact(error)
            }
        }
        do throws(KerasFileError) {
            return ModelFile(.keras(try KerasModel.open(source, limits: limits)), source)
        } catch {
            throw .keras(error)
        }
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
}
