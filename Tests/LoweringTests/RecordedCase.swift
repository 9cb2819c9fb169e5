import KerasFiles
import TensorFiles
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A small model of a file in `Fixtures/cases`, which holds many: what Keras wrote about it, its weights, and what it answered.
struct RecordedCase: Sendable, CustomTestStringConvertible {
    var writer: String
    let family: String
    let name: String
    /// The key for which the model has to be refused; nil for one that runs.
    let refusedKey: String?
    /// What `to_json` gave.
    var configuration: JSON
    let groups: [WeightGroup]
    /// As beside a model file: `input_0`, `output_0`, and so on.
    let arrays: [String: TensorValue]

    var testDescription: String { "\(writer) \(family): \(name)" }

    /// The folder of the fixtures, or of all that `make matrix` has made.
    static let folder = getenv("NNCONV_CASES").map { String(cString: $0) } ?? "\(Fixtures.root)/cases"

    /// Whether these are the cases of `make matrix`.
    static let isMatrix = getenv("NNCONV_CASES") != nil

    static let all: [RecordedCase] = Fixtures.names(in: folder).flatMap { writer in
        Fixtures.names(in: "\(folder)/\(writer)").filter { $0.hasSuffix(".npz") }.flatMap { file in
            // An unreadable file shows as a family without cases; see ``CaseTests``.
            (try? read(writer: writer, file: file)) ?? []
        }
    }

    /// How far an answer may be from the recorded one, as a part of the largest number of the answer: eight roundings of the
    /// half-precision type that Keras computed in; nil for single precision.
    var halfPrecisionTolerance: Float? {
        let text = configuration.serialized()
        return text.contains("bfloat16") ? 0x1p-5 : text.contains("float16") ? 0x1p-8 : nil
    }

    /// The model as if it had been read from a file of its writer.
    func model() throws -> KerasModel {
        try KerasModel(
            format: .legacyHDF5, version: try require(KerasVersion(String(writer.drop { $0 != "-" }.dropFirst()))), backend: nil,
            configuration: configuration, trainingConfiguration: nil, weightGroups: groups, topLevelWeights: nil, optimizerWeights: nil)
    }
}

extension RecordedCase {
    private enum Problem: Error { case malformed }

    private static func read(writer: String, file: String) throws -> [RecordedCase] {
        let archive = try TensorFile(reading: try ByteSource(path: "\(folder)/\(writer)/\(file)"))
        let members = Dictionary(archive.tensors.map { ($0.name ?? "", $0.value.elements) }) { first, _ in first }
        guard case .uint8(let text)? = members["cases"], case .uint8(let bytes)? = members["data"] else { throw Problem.malformed }
        var data = ArrayRun(bytes: bytes)
        let entries = try require(try JSON(parsing: String(decoding: text, as: UTF8.self), limits: Limits()).arrayValue)
        return try entries.map { entry in
            let groups = try require(entry["weights"]?.arrayValue).map { group in
                WeightGroup(
                    name: try require(group["layer"]?.stringValue),
                    weights: try require(group["weights"]?.arrayValue).map { weight in
                        StoredWeight(name: try require(weight["name"]?.stringValue), tensor: try data.tensor(weight))
                    })
            }
            var arrays: [String: TensorValue] = [:]
            for array in try require(entry["arrays"]?.arrayValue) {
                arrays[try require(array["name"]?.stringValue)] = try data.value(array)
            }
            return RecordedCase(
                writer: writer, family: String(file.dropLast(4)), name: try require(entry["name"]?.stringValue), refusedKey: entry["refused"]?.stringValue,
                configuration: try require(entry["model"]), groups: groups, arrays: arrays)
        }
    }

    /// Arrays one after the other.
    private struct ArrayRun {
        let bytes: [UInt8]
        var position = 0

        mutating func tensor(_ description: JSON) throws -> Tensor {
            let type = try require(description["dtype"]?.stringValue.flatMap { KerasFiles.ElementType(rawValue: $0) })
            let shape = try require(description["shape"]?.arrayValue).map { try require($0.intValue) }
            let count = try require(Tensor.byteCount(of: type, shape: shape))
            defer { position += count }
            return try Tensor(elementType: type, shape: shape, bytes: Array(bytes[position..<position + count]))
        }

        mutating func value(_ description: JSON) throws -> TensorValue {
            if description["dtype"] == "string" { return try texts(description) }
            let tensor = try tensor(description)
            switch tensor.elementType {
            case .float32: return try TensorValue(shape: tensor.shape, floats: try tensor.floats())
            case .int32, .int64:
                return try TensorValue(shape: tensor.shape, elements: .int64(try tensor.integers()))
            default: throw Problem.malformed
            }
        }

        /// Each text is its length, as four bytes, and its UTF-8.
        private mutating func texts(_ description: JSON) throws -> TensorValue {
            let shape = try require(description["shape"]?.arrayValue).map { try require($0.intValue) }
            var texts: [String] = []
            for _ in 0..<shape.reduce(1, *) {
                let length = (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
                position += 4
                texts.append(String(decoding: bytes[position..<position + length], as: UTF8.self))
                position += length
            }
            return try TensorValue(shape: shape, elements: .strings(texts))
        }
    }

    private static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Problem.malformed }
        return value
    }

    func require<Value>(_ value: Value?) throws -> Value { try Self.require(value) }
}
