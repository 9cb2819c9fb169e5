import KerasFiles

/// Zip archives of `.npy` files.
enum NPZ {
    private static let suffix = ".npy"

    static func read(_ source: ByteSource, _ limits: Limits) throws(TensorFileError) -> [NamedTensor] {
        let archive: ZipArchive
        do { archive = try ZipArchive(source: source, limits: limits, names: .exact) } catch { throw TensorFileError(error) }
        var tensors: [NamedTensor] = []
        for member in archive.members {
            guard member.name.hasSuffix(suffix) else { throw TensorFileError(.notAnArray, place: .init(tensor: member.name)) }
            let name = String(member.name.dropLast(suffix.count))
            let content: ByteSource
            do { content = try archive.source(of: member.name) } catch { throw TensorFileError(error) }
            do { tensors.append(NamedTensor(name, try NPYReader.read(content, limits))) } catch { throw error.inside(name) }
        }
        return tensors
    }

    /// A tensor without a name is called `arr_0`, `arr_1` ... by its position, as numpy calls it.
    static func write(
        _ tensors: [NamedTensor], _ write: ([UInt8]) throws(TensorFileError) -> Void
    ) throws(TensorFileError) {
        var zip = ZipWriter()
        for (index, tensor) in tensors.enumerated() {
            let name = tensor.name ?? "arr_\(index)"
            let bytes = try NPYWriter.bytes(tensor.value)
            let header: [UInt8]
            do {
                header = try zip.header(name: name + suffix, size: UInt64(bytes.count), checksum: CRC32.of(bytes))
            } catch { throw TensorFileError(error) }
            try write(header)
            try write(bytes)
        }
        try write(zip.directory())
    }
}
