import CZlib

/// The CRC-32 of zip, gzip and PNG (polynomial 0x04C11DB7, reflected), computed by zlib.
public struct CRC32: Sendable {
    public private(set) var value: UInt32 = 0

    public init() {}

    public static func of(_ bytes: [UInt8]) -> UInt32 {
        var sum = CRC32()
        sum.update(bytes.span.bytes)
        return sum.value
    }

    public mutating func update(_ bytes: RawSpan) {
        // A null pointer would make zlib return the start value instead of the sum so far.
        guard !bytes.isEmpty else { return }
        value = bytes.withUnsafeBytes {
            UInt32(crc32_z(uLong(value), $0.baseAddress?.assumingMemoryBound(to: Bytef.self), $0.count))
        }
    }
}
