import KerasFiles
import Lowering
import Synchronization
import TensorFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The largest deviations from Keras that the tests of a run have seen. `NNCONV_DEVIATIONS` names the file that they are written to:
/// `make matrix` does that.
enum MeasuredDeviations {
    private static let deviations = Mutex(LayerDeviations())
    private static let path = getenv("NNCONV_DEVIATIONS").map { String(cString: $0) }

    /// Counts a model's answer. The file is complete whenever the tests end.
    static func add(_ found: TensorValue, _ expected: TensorValue, root: KerasLayer, isHalf: Bool) throws {
        guard let path, case .float32 = expected.elements, found.shape == expected.shape else { return }
        let (found, expected) = (try found.floats(), try expected.floats())
        let isWritten = deviations.withLock { deviations in
            deviations.add(found, expected, className: LayerDeviations.className(of: root), isHalf: isHalf)
            guard let file = fopen(path, "w") else { return false }
            defer { fclose(file) }
            return fputs(deviations.text, file) >= 0
        }
        #expect(isWritten, "\(path) cannot be written")
    }
}

extension LayerDeviations {
    /// One class a line, so that a change is seen.
    fileprivate var text: String {
        let parts = (json.objectValue ?? JSONObject()).map { key, value in
            let lines = (value.objectValue ?? JSONObject()).map { "    \(JSON.string($0.key).serialized()): \($0.value.serialized())" }
            return "  \(JSON.string(key).serialized()): {\n" + lines.joined(separator: ",\n") + "\n  }"
        }
        return "{\n" + parts.joined(separator: ",\n") + "\n}\n"
    }
}
