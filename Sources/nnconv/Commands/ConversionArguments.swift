import ArgumentParser
import KerasFiles
import KerasWriter
import NNConvert

/// The argument of `--to`.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case nnc, keras, h5
    case weightsH5 = "weights-h5"
    case legacyWeights = "legacy-weights"

    /// The first suffix that fits is what the name says. Weights by layer name have none of their own.
    private static let suffixes: [(String, OutputFormat)] = [
        (".nnc", .nnc), (".keras", .keras), (".weights.h5", .weightsH5), (".h5", .h5), (".hdf5", .h5),
    ]

    init?(suffixOf path: String) {
        guard let format = Self.suffixes.first(where: { path.lowercased().hasSuffix($0.0) })?.1 else { return nil }
        self = format
    }

    /// Nil for `.nnc`.
    var keras: KerasFormat? {
        switch self {
        case .nnc: nil
        case .keras: .archive
        case .h5: .legacyHDF5
        case .weightsH5: .weights
        case .legacyWeights: .legacyWeights
        }
    }

    static let list = allCases.dropLast().map(\.rawValue).joined(separator: ", ") + " or " + legacyWeights.rawValue
}

/// The argument of `--dialect`.
extension KerasDialect: ExpressibleByArgument {
    private static let arguments: [(String, KerasDialect)] = [("3", .keras3), ("3.0", .keras30), ("2", .keras2)]

    public init?(argument: String) {
        guard let dialect = Self.arguments.first(where: { $0.0 == argument })?.1 else { return nil }
        self = dialect
    }

    public static var allValueStrings: [String] { arguments.map(\.0) }
}

/// The argument of `--strip`.
struct StripList: ExpressibleByArgument {
    var parts: Set<CompactOptions.Part>

    init?(argument: String) {
        parts = []
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let part = CompactOptions.Part(rawValue: String(word)) else { return nil }
            parts.insert(part)
        }
    }

    static var allValueStrings: [String] { CompactOptions.Part.allCases.map(\.rawValue) }
}
