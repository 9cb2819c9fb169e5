extension FileLayout {
    /// The verification vectors in the file; empty when it has none.
    ///
    /// - Parameter bytes: the file, or its start as far as the data section.
    public func verification(in bytes: RawSpan) throws(FormatError) -> [VerificationVector] {
        guard let section = section(.verification), let program = program?.program else { return [] }
        try requirePrefix(bytes)
        let open = VerificationVector.openDimensionCount(of: program)
        let size = VerificationVector.size(for: program)
        let count = section.range.count / size
        guard count >= 1, count * size == section.range.count else {
            throw FormatError(.sectionLength(.verification), at: section.range.lowerBound)
        }
        var fields = FieldReader(section.range, of: .verification)
        var vectors: [VerificationVector] = []
        for _ in 0..<count {
            var vector = VerificationVector(seed: try fields.u32(bytes), ranges: [], openDimensions: [], digests: [])
            for input in program.inputs {
                let place = fields.position
                let range = InputRange(try fields.float(bytes), try fields.float(bytes))
                guard range.isValid(for: input.type) else { throw FormatError(.number, at: place) }
                vector.ranges.append(range)
            }
            for _ in 0..<open {
                let dimension = try fields.u32(bytes)
                guard dimension > 0, let number = Int32(exactly: dimension) else {
                    throw FormatError(.dimension(dimension), at: fields.position - 4)
                }
                vector.openDimensions.append(Int(number))
            }
            vector.digests.reserveCapacity(program.operations.count)
            for _ in program.operations {
                vector.digests.append(
                    Digest(
                        norm: try fields.float(bytes), early: try fields.float(bytes), middle: try fields.float(bytes),
                        late: try fields.float(bytes)))
            }
            vectors.append(vector)
        }
        return vectors
    }

    func requirePrefix(_ bytes: RawSpan) throws(FormatError) {
        let needed = section(.data)?.range.lowerBound ?? header.length
        guard bytes.byteCount >= needed else {
            throw FormatError(.truncated(needed: UInt64(needed), available: UInt64(bytes.byteCount)), at: 0)
        }
    }
}

extension VerificationVector {
    /// Dimensions that a program's inputs leave open, batch dimensions apart.
    package static func openDimensionCount(of program: Program) -> Int {
        var count = 0
        for input in program.inputs { count += input.shape.dimensions.dropFirst().filter { $0 == Shape.unknown }.count }
        return count
    }

    /// Bytes of one vector for a program.
    package static func size(for program: Program) -> Int {
        4 + 8 * program.inputs.count + 4 * openDimensionCount(of: program) + Digest.size * program.operations.count
    }
}
