import KerasFiles
import NNInference

/// A `.nnc` file that is read in pieces, to be given back as a Keras model or looked at, not to be run.
///
///     let file = try CompactFileReader(try ByteSource(path: "model.nnc"))
///     let model = try file.kerasModel()
public struct CompactFileReader: Sendable {
    public let layout: FileLayout
    private let source: ByteSource
    /// The file as far as the data section, or further.
    private let prefix: [UInt8]

    /// Reads and checks everything before the tensors' bytes.
    public init(_ source: ByteSource) throws(SourceViewError) {
        self.source = source
        let prefix: [UInt8]
        do throws(KerasFileError) {
            // The tensors' bytes make up the end of the file; how long the rest is shows in the section table.
            let head = try source.read(at: 0, count: Int(min(source.size, UInt64(FileHeader.size + 64 * FileHeader.entrySize))))
            prefix = try source.read(at: 0, count: Self.prefixLength(head, of: source.size))
        } catch {
            throw .keras(error)
        }
        self.prefix = prefix
        do throws(FormatError) {
            layout = try FileLayout(prefix: prefix.span.bytes, fileLength: source.size)
        } catch {
            throw .format(error)
        }
    }

    /// How far the layout reaches, as far as the header can be believed; the layout checks it.
    private static func prefixLength(_ head: [UInt8], of size: UInt64) -> Int {
        let least = UInt64(head.count)
        guard head.count >= FileHeader.size else { return head.count }
        let entry = FileHeader.size + (Int(head[14]) | Int(head[15]) << 8) * FileHeader.entrySize - FileHeader.entrySize
        guard entry >= FileHeader.size, entry + FileHeader.entrySize <= head.count else { return head.count }
        let data = (0..<8).reduce(UInt64(0)) { $0 | UInt64(head[entry + 8 + $1]) << UInt64(8 * $1) }
        guard data <= size else { return head.count }
        return Int(clamping: max(size - data, min(least, size)))
    }

    /// A handle on a tensor's elements in the order of the Keras file, however the `.nnc` file has them.
    public func tensor(_ index: Int) throws(KerasFileError) -> Tensor {
        let stored = layout.tensors[index]
        let type = KerasFiles.ElementType(stored.descriptor.elementType)
        let part = try source.slice(offset: UInt64(stored.range.lowerBound), count: UInt64(stored.range.count))
        let geometry = PanelGeometry(shape: stored.descriptor.shape, elementSize: type.size)
        let isOrdered = stored.descriptor.layout == .rowMajor || geometry.isRowMajor || stored.range.isEmpty
        return try Tensor(
            elementType: type, shape: stored.descriptor.shape, source: isOrdered ? part : PanelSource.rowMajor(part, geometry),
            offset: 0, byteCount: stored.range.count)
    }

    /// Checks every tensor against its checksum, and all padding for being zero.
    ///
    /// - Complexity: reads the whole file, in pieces.
    public func verify() throws(SourceViewError) {
        var block: [UInt8] = []
        var end = layout.section(.data)?.range.lowerBound ?? layout.header.length
        for (index, tensor) in layout.tensors.enumerated() {
            try read(end..<tensor.range.lowerBound, into: &block)
            if let place = block.firstIndex(where: { $0 != 0 }) { throw .format(FormatError(.padding, at: UInt64(end + place))) }
            var crc = CRC32C()
            var done = tensor.range.lowerBound
            while done < tensor.range.upperBound {
                let next = min(done + (4 << 20), tensor.range.upperBound)
                try read(done..<next, into: &block)
                crc.update(block.span)
                done = next
            }
            guard crc.value == tensor.checksum else {
                throw .format(FormatError(.checksum(.tensor(index)), at: UInt64(tensor.range.lowerBound)))
            }
            end = tensor.range.upperBound
        }
    }

    private func read(_ range: Range<Int>, into block: inout [UInt8]) throws(SourceViewError) {
        do throws(KerasFileError) {
            block = try source.read(at: UInt64(range.lowerBound), count: range.count)
        } catch {
            throw .keras(error)
        }
    }

    /// The Keras model that the file was made from. No weight is read.
    public func kerasModel(options: ReadingOptions = ReadingOptions()) throws(SourceViewError) -> KerasModel {
        guard let section = layout.section(.source) else { throw .absent }
        let view = try SourceView(Array(prefix[section.range]), tensorCount: layout.tensors.count, limits: options.limits)
        // Those that the file was made with come first: what they replaced is not there any more.
        var options = options
        options.replacements = view.replacements + options.replacements.filter { !view.replacements.contains($0) }
        do throws(KerasFileError) {
            var next = view.tensors.makeIterator()
            func group(_ group: SourceView.Group) throws(KerasFileError) -> WeightGroup {
                var weights: [StoredWeight] = []
                for name in group.weights {
                    guard let place = next.next() else { throw KerasFileError(.malformed(.tensor, .count)) }
                    weights.append(StoredWeight(name: name, tensor: try tensor(place)))
                }
                return WeightGroup(name: group.name, label: group.label, weights: weights)
            }
            var groups: [WeightGroup] = []
            for part in view.groups { groups.append(try group(part)) }
            let topLevel = try view.topLevel.map { part throws(KerasFileError) in try group(part) }
            let optimizer = try view.optimizer.map { part throws(KerasFileError) in try group(part) }
            var others: [WeightGroup] = []
            for part in view.others { others.append(try group(part)) }
            var assets: [Asset] = []
            for name in view.assets {
                guard let place = next.next() else { throw KerasFileError(.malformed(.tensor, .count)) }
                let bytes = try tensor(place)
                assets.append(Asset(name: name, content: try bytes.source.slice(offset: bytes.offset, count: UInt64(bytes.byteCount))))
            }
            return try KerasModel(
                format: view.format, version: view.version, weightsVersion: view.weightsVersion,
                backend: try options.backend(written: view.backend), configuration: view.configuration, trainingConfiguration: view.trainingConfiguration, metadata: view.metadata, weightGroups: groups,
                topLevelWeights: topLevel, optimizerWeights: optimizer, otherWeights: others, assets: assets,
                nameStorage: view.names, options: options)
        } catch {
            throw .keras(error)
        }
    }
}
