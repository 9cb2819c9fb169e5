/// Files that the tests use; commands run in their folder.
enum Fixtures {
    /// `Fixtures/` in the package.
    static let root = package + "/Fixtures"
    static let snapshots = package + "/Tests/CommandLineTests/Snapshots"

    private static let package: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(4).joined(separator: "/")
    }()

    static let small = "keras-3.15.1/mlp_4_8_3.h5"
    static let smallArrays = "keras-3.15.1/mlp_4_8_3.npz"
    static let coffee = "keras-3.15.1/coffee.h5"
    /// Convolutions, normalisations and dense layers, and what each of its layers puts out.
    static let layered = "keras-3.15.1/batchnorm.h5"
    static let layerRecordings = "recordings/batchnorm.npz"
    static let unsupported = "keras-3.15.1/unsupported_three.h5"
}

extension Fixtures {
    static func names(in folder: String) -> [String] { ScratchFolder.names(in: root + "/" + folder) }
}
