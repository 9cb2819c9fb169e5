import FileOutput
import KerasFiles

/// A `.keras` archive: a zip of stored members.
struct ArchiveFile: Sendable {
    var metadata: JSON
    var configuration: JSON
    var weights: HDF5GroupContent
    var assets: [Asset] = []

    private static let weightsName = "model.weights.h5"

    /// Writes the archive at the beginning of `file` and returns the number of its bytes.
    func write(to file: inout OutputFile, progress: (Int) -> Void) throws(KerasWriterError) -> UInt64 {
        var zip = ZipWriter()
        try add("metadata.json", metadata.utf8(.python), to: &file, &zip)
        try add("config.json", configuration.utf8(.python), to: &file, &zip)
        try addWeights(to: &file, &zip, progress: progress)
        for asset in assets {
            let bytes = try Self.reading(asset.name) { () throws(KerasFileError) in
                try asset.content.read(at: 0, count: Int(clamping: asset.content.size))
            }
            try add(asset.name, bytes, to: &file, &zip)
        }
        try Self.write(zip.directory(), to: &file, at: file.length)
        return file.length
    }

    private func add(
        _ name: String, _ bytes: [UInt8], to file: inout OutputFile, _ zip: inout ZipWriter
    ) throws(KerasWriterError) {
        let header = try Self.reading(name) { () throws(KerasFileError) in
            try zip.header(name: name, size: UInt64(bytes.count), checksum: CRC32.of(bytes))
        }
        try Self.write(header + bytes, to: &file, at: file.length)
    }

    /// The header comes before the weights and has their checksum, so it is written after them.
    private func addWeights(to file: inout OutputFile, _ zip: inout ZipWriter, progress: (Int) -> Void) throws(KerasWriterError) {
        let start = file.length
        func header(_ size: UInt64, _ checksum: UInt32, _ zip: inout ZipWriter) throws(KerasWriterError) -> [UInt8] {
            try Self.reading(Self.weightsName) { () throws(KerasFileError) in
                try zip.header(name: Self.weightsName, size: size, checksum: checksum)
            }
        }
        var trial = zip
        // How long the header is depends on whether the size fits 32 bits, and nothing else.
        var length = try header(0, 0, &trial).count
        var output = try HDF5Output(weights, in: &file, at: start + UInt64(length))
        trial = zip
        let actual = try header(output.size, 0, &trial).count
        if actual != length {
            length = actual
            output = try HDF5Output(weights, in: &file, at: start + UInt64(length))
        }
        try output.writeTensors(to: &file, progress: progress)
        let checksum = try Self.checksum(of: output.size, at: start + UInt64(length), in: file)
        try Self.write(try header(output.size, checksum, &zip), to: &file, at: start)
    }

    private static func checksum(of count: UInt64, at start: UInt64, in file: borrowing OutputFile) throws(KerasWriterError) -> UInt32 {
        var sum = CRC32()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var done: UInt64 = 0
        while done < count {
            let part = Int(min(UInt64(buffer.count), count - done))
            do throws(OutputFileError) {
                var elements = buffer.mutableSpan
                var bytes = elements.mutableBytes
                var piece = bytes._mutatingExtracting(0..<part)
                try file.read(at: start + done, into: &piece)
            } catch {
                throw .writing(error)
            }
            sum.update(buffer.span.bytes.extracting(0..<part))
            done += UInt64(part)
        }
        return sum.value
    }

    private static func write(_ bytes: [UInt8], to file: inout OutputFile, at offset: UInt64) throws(KerasWriterError) {
        do throws(OutputFileError) {
            try file.write(at: offset, bytes.span.bytes)
        } catch {
            throw .writing(error)
        }
    }

    private static func reading<Result>(
        _ name: String, _ body: () throws(KerasFileError) -> Result
    ) throws(KerasWriterError) -> Result {
        do throws(KerasFileError) { return try body() } catch { throw .reading(error, path: name) }
    }
}
