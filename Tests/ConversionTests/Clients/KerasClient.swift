import KerasFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Real Keras, which loads files that were written here. `Tests/keras/verify.py` does it, for many models in one process.
enum KerasClient: String, CaseIterable, Sendable {
    /// Keras 3.15.1. Its TensorFlow runs most models fastest, JAX runs convolutions with channels first too.
    case keras = "keras-tensorflow"
    case kerasOnJAX = "keras-jax"
    /// tf_keras 2.21: the last Keras 2.
    case legacyKeras = "tf_keras"

    /// A file to load, and the arrays to compare with.
    struct Task {
        var name: String
        var model: String
        /// For a file of weights: the text of `to_json()`, as a file.
        var architecture: String?
        /// Whether its author's functions and classes have to be given.
        var hasCode = false
        var record: String
    }

    /// The Python that has Keras, as `make test` says it in `NNCONV_KERAS`.
    static let python = getenv("NNCONV_KERAS").map { String(cString: $0) }
    static let missing: Comment = "`make test` names a Python with Keras in NNCONV_KERAS"

    /// One line for each model that cannot be loaded or answers otherwise than recorded; with a last one when the process failed.
    func problems(_ tasks: [Task], in folder: borrowing TemporaryFolder) throws -> [String] {
        guard !tasks.isEmpty, let python = Self.python else { return [] }
        let list = JSON.array(
            tasks.map { task in
                var row: JSONObject = ["name": .string(task.name), "model": .string(task.model), "record": .string(task.record)]
                row["code"] = .bool(task.hasCode)
                row["architecture"] = task.architecture.map { .string($0) }
                return .object(row)
            })
        let path = try folder.write(list.utf8(.python), named: rawValue + ".json")
        let script = Fixtures.root + "/../Tests/keras/verify.py"
        let (output, status) = run("'\(python)' '\(script)' \(rawValue) '\(path)' 2>'\(folder.path)/\(rawValue).errors'")
        let lines = output.split(separator: "\n").map(String.init)
        guard status != 0, lines.isEmpty else { return lines }
        let errors = run("tail -5 '\(folder.path)/\(rawValue).errors'").output
        return ["\(rawValue) ended with \(status): \(errors)"]
    }
}
