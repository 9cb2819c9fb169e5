// swift-tools-version: 6.1
import PackageDescription

// Coverage-guided fuzzers for everything that reads untrusted bytes. A package of its own: libFuzzer brings the `main` of each
// executable, so they are built with `--sanitize=fuzzer` only. See `run`.
let fuzzing: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
    name: "nnconv-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "nnconv", path: "..")],
    targets: [
        .executableTarget(
            name: "FuzzHDF5", dependencies: [.product(name: "NNConvert", package: "nnconv")], swiftSettings: fuzzing),
        .executableTarget(
            name: "FuzzJSON", dependencies: [.product(name: "NNConvert", package: "nnconv")], swiftSettings: fuzzing),
    ],
    swiftLanguageModes: [.v6]
)
