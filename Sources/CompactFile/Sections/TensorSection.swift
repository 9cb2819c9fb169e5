import NNInference

/// The bytes of the tensor section: an entry per tensor, then the dimensions, which entries share where they can.
enum TensorSection {
    static let entrySize = 8
    static let limit = 1 << 20

    static func bytes(_ descriptors: [TensorDescriptor], checksums: [UInt32]) throws(CompactFileError) -> [UInt8] {
        guard descriptors.count <= limit else { throw .limit(.tensors, found: descriptors.count) }
        var pool = DimensionPool()
        var bytes: [UInt8] = []
        bytes.append(field: UInt32(descriptors.count))
        for (index, descriptor) in descriptors.enumerated() {
            let first = try pool.place(descriptor.shape, ofTensor: index)
            bytes.append(field: descriptor.elementType.rawValue)
            bytes.append(field: UInt8(descriptor.shape.count) | descriptor.layout.widthExponent << 4)
            bytes.append(field: first)
            bytes.append(field: checksums[index])
        }
        for dimension in pool.dimensions { bytes.append(field: dimension) }
        return bytes
    }
}

/// Dimensions of many tensors in one list. A shape that occurs in it already, across the borders of others too, takes no room: `[4, 8]`,
/// `[8]`, `[8, 3]` and `[3]` are runs of `4, 8, 3`. Every shape takes the first such run; otherwise it overlaps the end of the list as
/// far as it can.
private struct DimensionPool {
    private(set) var dimensions: [UInt32] = []
    /// Where each run of up to eight dimensions first stands.
    private var runs: [[UInt32]: Int] = [:]

    mutating func place(_ shape: [Int], ofTensor tensor: Int) throws(CompactFileError) -> UInt16 {
        guard shape.count <= Shape.maximumRank else { throw .shape(tensor: tensor, shape) }
        var run: [UInt32] = []
        for dimension in shape {
            guard let word = UInt32(exactly: dimension) else { throw .shape(tensor: tensor, shape) }
            run.append(word)
        }
        guard !run.isEmpty else { return 0 }
        let first = runs[run] ?? append(run)
        guard let index = UInt16(exactly: first) else { throw .limit(.dimensions, found: first) }
        return index
    }

    private mutating func append(_ run: [UInt32]) -> Int {
        var overlap = min(run.count - 1, dimensions.count)
        while dimensions.suffix(overlap) != run.prefix(overlap) { overlap -= 1 }
        let first = dimensions.count - overlap
        for dimension in run.dropFirst(overlap) {
            dimensions.append(dimension)
            for length in 1...min(Shape.maximumRank, dimensions.count) {
                let start = dimensions.count - length
                let key = Array(dimensions[start...])
                if runs[key] == nil { runs[key] = start }
            }
        }
        return first
    }
}
