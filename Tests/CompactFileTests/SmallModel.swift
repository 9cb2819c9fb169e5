import CompactFile
import KerasFiles
import NNInference

/// The 4-8-3 network whose size the format is measured by: 67 parameters, 268 bytes.
enum SmallModel {
    static func tensor(_ shape: [Int], first: Float) throws -> Tensor {
        let count = shape.reduce(1, *)
        var bytes: [UInt8] = []
        for index in 0..<count {
            let bits = (first + Float(index) / 8).bitPattern
            for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt32(place)))) }
        }
        return try Tensor(elementType: .float32, shape: shape, bytes: bytes)
    }

    static let program = Program(
        inputs: [ValueInfo(.number, Shape([Shape.unknown, 4]))],
        operations: [
            .dense(Dense(input: ValueID(0), kernel: TensorID(0), epilogue: Epilogue(bias: TensorID(1), activation: .relu))),
            .dense(Dense(input: ValueID(1), kernel: TensorID(2), epilogue: Epilogue(bias: TensorID(3)))),
            .softmax(Softmax(input: ValueID(2), axes: AxisSet([1]))),
        ],
        outputs: [ValueID(3)])

    static let names = ModelNames(inputs: ["input_layer"], outputs: ["dense_1"], layers: ["dense", "dense_1", "dense_1"])

    static let vector = VerificationVector(
        seed: 1, ranges: [InputRange(-1, 1)], openDimensions: [],
        digests: [
            Digest(norm: 1.5, early: 0.25, middle: 0, late: 1),
            Digest(norm: 2, early: -1, middle: 0.5, late: 1.5),
            Digest(norm: 0.75, early: 0.125, middle: 0.25, late: 0.625),
        ])

    /// The model without anything that may be left out.
    static func content() throws -> CompactFileContent {
        CompactFileContent(
            tensors: [
                .init(try tensor([4, 8], first: -2)), .init(try tensor([8], first: 0)), .init(try tensor([8, 3], first: -1)),
                .init(try tensor([3], first: 1)),
            ],
            program: program, arenaBytes: 64, stateBytes: 0)
    }

    /// The model with names and a verification vector.
    static func fullContent() throws -> CompactFileContent {
        var content = try content()
        content.names = names
        content.verification = [vector]
        return content
    }

    static func bytes() throws -> [UInt8] { try CompactFileWriter(content()).bytes() }
    static func fullBytes() throws -> [UInt8] { try CompactFileWriter(fullContent()).bytes() }
}

/// Opens a file in memory the way a careful reader does: layout, names, verification vectors and every tensor's bytes.
func openVerified(_ bytes: [UInt8]) throws(FormatError) -> FileLayout {
    let layout = try FileLayout(bytes.span.bytes)
    _ = try layout.names(in: bytes.span.bytes)
    _ = try layout.verification(in: bytes.span.bytes)
    try layout.verifyData(in: bytes.span.bytes)
    return layout
}

/// Why the bytes are refused, or nil.
func refusal(_ bytes: [UInt8]) -> FormatError? {
    do throws(FormatError) {
        _ = try openVerified(bytes)
        return nil
    } catch {
        return error
    }
}
