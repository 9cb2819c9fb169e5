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
    let source: ByteSource
    /// Bytes on disk.
    public var byteCount: UInt64 { source.size }

    /// Opens a file. Costs what reading the description of the model costs: no weight is read.
    public static func open(path: String, limits: Limits = Limits()) throws(ModelFileError) -> ModelFile {
        let source: ByteSource
        let isCompact: Bool
        do throws(KerasFileError) {
            source = try ByteSource(path: path)
            isCompact = isCompactFile(try source.read(at: 0, count: Int(min(source.size, UInt64(FileHeader.magic.count)))))
        } catch {
            throw .keras(error)
        }
        if isCompact {
            do throws(OpenError) {
                return ModelFile(content: .compact(try Model(path: path)), source: source)
            } catch {
                throw .compact(error)
            }
        }
        do throws(KerasFileError) {
            return ModelFile(content: .keras(try KerasModel.open(source, limits: limits)), source: source)
        } catch {
            throw .keras(error)
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
