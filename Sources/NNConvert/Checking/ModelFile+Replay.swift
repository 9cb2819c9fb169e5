import NNInference

/// What came of asking a `.nnc` file's own verification vectors again.
public struct ReplayReport: Sendable {
    /// Vectors in the file.
    public var vectorCount: Int
    /// Operations whose results were compared, of all vectors.
    public var operationCount: Int
    public var departure: Departure?

    /// Where this machine first computes something else than was recorded.
    public struct Departure: Sendable {
        public var vector: Int
        public var operation: Int
        /// The layer that the operation comes from; nil when the file has no names.
        public var layer: String?
        public var digest: Digest.Departure
    }
}

extension ModelFile {
    /// Runs the verification vectors that a `.nnc` file holds; nil when it holds none, as Keras files never do.
    ///
    /// - Throws: `.conversion` when the model cannot be run, `.format` when a checksum does not hold: every byte is checked first.
    public func replay(tolerance: Digest.Tolerance = Digest.Tolerance()) throws(CheckError) -> ReplayReport? {
        let model: Model
        do throws(ConversionError) { model = try runnable() } catch { throw .conversion(error) }
        guard case .compact = content else { return nil }
        let vectors: [VerificationVector]
        let names: [String]?
        do throws(FormatError) {
            try model.verify()
            vectors = try model.verification
            names = try model.names?.layers
        } catch {
            throw .format(error)
        }
        guard !vectors.isEmpty else { return nil }
        var report = ReplayReport(vectorCount: vectors.count, operationCount: 0)
        for (index, vector) in vectors.enumerated() {
            let found: VerificationDeparture?
            do throws(ProgramError) { found = try model.replay(vector, tolerance: tolerance) } catch { throw .program(error) }
            report.operationCount += vector.digests.count
            guard let found else { continue }
            report.departure = ReplayReport.Departure(
                vector: index, operation: found.operation, layer: names?[found.operation], digest: found.departure)
            break
        }
        return report
    }
}
