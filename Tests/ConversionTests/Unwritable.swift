import KerasFiles
import KerasWriter
import Testing

/// The fixtures that say what a later Keras has no words for, and all of it as `layer key: reason`.
enum Unwritable {
    static let archives: [String: [String]] = [
        // Keras 3 lets the mask through.
        "tfkeras-2.15/masking_identity": ["sequential/identity: maskedOutput"],
        "tfkeras-2.15/masking_normalization": ["sequential/normalization: maskedOutput"],
        "tfkeras-2.15/masking_rescaling": ["sequential/rescaling: maskedOutput"],
        // Keras 3 puts zeros out at masked steps.
        "keras-2.0.2/bidirectional_mask": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.0.2/masked_bidirectional": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.1.6/bidirectional_mask": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.1.6/masked_bidirectional": ["sequential/bidirectional_1: maskedOutput"],
        "keras-2.2.4/bidirectional_mask": ["sequential_1/bidirectional_1: maskedOutput"],
        "keras-2.2.4/masked_bidirectional": ["sequential_1/bidirectional_1: maskedOutput"],
        "keras-2.3.1/bidirectional_mask": ["sequential_1/bidirectional_1: maskedOutput"],
        "keras-2.3.1/masked_bidirectional": ["sequential_1/bidirectional_1: maskedOutput"],
        // Between pixels that lie otherwise than everywhere else.
        "keras-2.3.1/up_sampling2d_bilinear": ["sequential_1/up_sampling2d_1 interpolation: noSuchValue"],
    ]

    /// A writer; nil where the model is refused, as expected.
    static func writer(_ model: KerasModel, as format: KerasFormat, dialect: KerasDialect, of name: String) throws -> KerasWriter? {
        do throws(KerasWriterError) {
            let writer = try KerasWriter(model, as: format, dialect: dialect)
            #expect(archives[name] == nil, "\(name) is refused no more")
            return writer
        } catch {
            guard case .cannotBeExpressed(let problems) = error else { throw error }
            let found = problems.map { $0.layerPath + ($0.key.map { " " + $0 } ?? "") + ": " + $0.reason.rawValue }
            #expect(found == archives[name], "\(name)")
            return nil
        }
    }
}
