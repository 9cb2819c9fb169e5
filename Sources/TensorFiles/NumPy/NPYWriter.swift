import KerasFiles

/// Writes one array as numpy's `save` does, byte for byte: little-endian, row-major, text as UTF-32.
enum NPYWriter {
    /// numpy's limit.
    private static let largestRank = 64

    static func bytes(_ tensor: TensorValue) throws(TensorFileError) -> [UInt8] {
        guard tensor.shape.count <= largestRank else { throw TensorFileError(.rank(tensor.shape.count)) }
        return switch tensor.elements {
        case .bool(let values): bytes("|b1", tensor, values) { $0 ? 1 : 0 as UInt8 }
        case .int8(let values): bytes("|i1", tensor, values) { $0 }
        case .int16(let values): bytes("<i2", tensor, values) { $0 }
        case .int32(let values): bytes("<i4", tensor, values) { $0 }
        case .int64(let values): bytes("<i8", tensor, values) { $0 }
        case .uint8(let values): bytes("|u1", tensor, values) { $0 }
        case .uint16(let values): bytes("<u2", tensor, values) { $0 }
        case .uint32(let values): bytes("<u4", tensor, values) { $0 }
        case .uint64(let values): bytes("<u8", tensor, values) { $0 }
        case .float16(let values): bytes("<f2", tensor, values) { $0 }
        case .float32(let values): bytes("<f4", tensor, values) { $0.bitPattern }
        case .float64(let values): bytes("<f8", tensor, values) { $0.bitPattern }
        case .strings(let values): bytes(tensor, values)
        }
    }

    private static func bytes<T, U: FixedWidthInteger>(
        _ descriptor: String, _ tensor: TensorValue, _ values: [T], _ convert: (T) -> U
    ) -> [UInt8] {
        var bytes = NPYHeader(descriptor: descriptor, shape: tensor.shape).bytes
        bytes.reserveCapacity(bytes.count + values.count * U.bitWidth / 8)
        for value in values {
            let bits = convert(value)
            for shift in stride(from: 0, to: U.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> U(shift))) }
        }
        return bytes
    }

    private static func bytes(_ tensor: TensorValue, _ values: [String]) -> [UInt8] {
        let width = max(1, values.map(\.unicodeScalars.count).max() ?? 1)
        var bytes = NPYHeader(descriptor: "<U\(width)", shape: tensor.shape).bytes
        for value in values {
            for scalar in value.unicodeScalars {
                for shift in stride(from: 0 as UInt32, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: scalar.value >> shift)) }
            }
            bytes += repeatElement(0, count: 4 * (width - value.unicodeScalars.count))
        }
        return bytes
    }
}
