// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "nnconv",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "NNInference", targets: ["NNInference"]),
        .library(name: "NNConvert", targets: ["NNConvert", "KerasFiles", "KerasWriter", "Lowering", "CompactFile", "TensorFiles"]),
        .library(name: "NNInferenceC", type: .dynamic, targets: ["NNInferenceC"]),
        .library(name: "NNInferenceCStatic", type: .static, targets: ["NNInferenceC"]),
        .executable(name: "nnconv", targets: ["nnconv"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        // The embedded inference library and its leaf kernels.
        .target(name: "CNNKernels"),
        .target(name: "NNInference", dependencies: ["CNNKernels"]),
        .target(name: "NNInferenceC", dependencies: ["NNInference"], exclude: ["include"]),

        // Keras files in, `.nnc` out.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "KerasFiles", dependencies: ["CZlib"]),
        .target(name: "Lowering", dependencies: ["KerasFiles", "NNInference"]),
        // Apart from KerasFiles, which must not write to the file system: every written file goes through its one type.
        .target(name: "FileOutput"),
        .target(name: "CompactFile", dependencies: ["CNNKernels", "NNInference", "KerasFiles", "FileOutput", "CZlib"]),
        // Loads libhdf5 when it is needed; only its header takes part in building.
        .target(name: "CHDF5"),
        .target(name: "KerasWriter", dependencies: ["CHDF5", "KerasFiles", "FileOutput"]),

        // Models in, numbers out: what the rooms above do together, and all that the command line calls.
        .target(name: "TensorFiles", dependencies: ["KerasFiles", "FileOutput"]),
        .target(name: "NNConvert", dependencies: ["KerasFiles", "KerasWriter", "Lowering", "CompactFile", "FileOutput", "NNInference", "TensorFiles"]),

        // The command line. The counter takes the place of malloc: for `nnconv bench` and for tests, never for a library.
        .target(name: "CAllocationCounter"),
        .executableTarget(
            name: "nnconv",
            dependencies: [
                "NNConvert", "KerasFiles", "KerasWriter", "Lowering", "CompactFile", "FileOutput", "NNInference", "TensorFiles", "CAllocationCounter",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "FileOutputTests", dependencies: ["FileOutput"]),
        .testTarget(name: "NNInferenceTests", dependencies: ["NNInference", "CAllocationCounter"]),
        .testTarget(name: "NNInferenceCTests", dependencies: ["NNInferenceC", "NNConvert", "KerasFiles", "FileOutput"]),
        .testTarget(name: "KerasFilesTests", dependencies: ["KerasFiles", "CZlib"]),
        .testTarget(name: "CNNKernelsTests", dependencies: ["CNNKernels", "NNInference"]),
        .testTarget(name: "CompactFileTests", dependencies: ["CompactFile", "FileOutput", "KerasFiles", "Lowering", "NNInference"]),
        .testTarget(name: "KerasWriterTests", dependencies: ["KerasWriter", "KerasFiles", "FileOutput"]),
        .testTarget(name: "TensorFilesTests", dependencies: ["TensorFiles", "KerasFiles", "FileOutput"]),
        .testTarget(
            name: "LoweringTests", dependencies: ["Lowering", "KerasFiles", "NNInference", "CompactFile", "TensorFiles", "CAllocationCounter"]),
        .testTarget(name: "ConversionTests", dependencies: ["KerasWriter", "FileOutput", "CAllocationCounter", "NNConvert", "CompactFile", "KerasFiles", "Lowering", "NNInference", "TensorFiles"]),
        .testTarget(name: "CommandLineTests", dependencies: ["nnconv", "FileOutput", "KerasFiles", "KerasWriter", "TensorFiles"], exclude: ["Snapshots"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu11
)
