import NNInference

/// The bytes of the verification section.
enum VerificationSection {
    static func bytes(_ vectors: [VerificationVector], program: Program) throws(CompactFileError) -> [UInt8] {
        let open = VerificationVector.openDimensionCount(of: program)
        var bytes: [UInt8] = []
        for vector in vectors {
            try check(vector.ranges.count, program.inputs.count)
            try check(vector.openDimensions.count, open)
            try check(vector.digests.count, program.operations.count)
            bytes.append(field: vector.seed)
            for (index, range) in vector.ranges.enumerated() {
                guard range.isValid(for: program.inputs[index].type) else { throw .verificationInput(index) }
                bytes.append(field: range.low)
                bytes.append(field: range.high)
            }
            for dimension in vector.openDimensions {
                guard dimension > 0, let word = Int32(exactly: dimension) else { throw .verificationInput(0) }
                bytes.append(field: UInt32(word))
            }
            for digest in vector.digests {
                for number in [digest.norm, digest.early, digest.middle, digest.late] { bytes.append(field: number) }
            }
        }
        return bytes
    }

    private static func check(_ found: Int, _ expected: Int) throws(CompactFileError) {
        guard found == expected else { throw .count(.verification, expected: expected, found: found) }
    }
}
