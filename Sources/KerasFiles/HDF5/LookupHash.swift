/// Bob Jenkins' lookup3 with initial value 0: the checksum of HDF5's newer structures, and the order of their name indexes.
enum LookupHash {
    static func of(_ bytes: [UInt8]) -> UInt32 {
        var a = 0xDEAD_BEEF &+ UInt32(truncatingIfNeeded: bytes.count)
        var b = a
        var c = a
        func word(_ start: Int) -> UInt32 {
            // Bytes that are not there count as zero.
            var value: UInt32 = 0
            for index in (start..<start + 4).reversed() { value = value << 8 | (index < bytes.count ? UInt32(bytes[index]) : 0) }
            return value
        }
        var start = 0
        while bytes.count - start > 12 {
            a &+= word(start)
            b &+= word(start + 4)
            c &+= word(start + 8)
            mix(&a, &b, &c)
            start += 12
        }
        guard start < bytes.count else { return c }
        a &+= word(start)
        b &+= word(start + 4)
        c &+= word(start + 8)
        finish(&a, &b, &c)
        return c
    }

    private static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 { value << count | value >> (32 - count) }

    private static func mix(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32) {
        a &-= c; a ^= rotate(c, 4); c &+= b
        b &-= a; b ^= rotate(a, 6); a &+= c
        c &-= b; c ^= rotate(b, 8); b &+= a
        a &-= c; a ^= rotate(c, 16); c &+= b
        b &-= a; b ^= rotate(a, 19); a &+= c
        c &-= b; c ^= rotate(b, 4); b &+= a
    }

    private static func finish(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32) {
        c ^= b; c &-= rotate(b, 14)
        a ^= c; a &-= rotate(c, 11)
        b ^= a; b &-= rotate(a, 25)
        c ^= b; c &-= rotate(b, 16)
        a ^= c; a &-= rotate(c, 4)
        b ^= a; b &-= rotate(a, 14)
        c ^= b; c &-= rotate(b, 24)
    }
}
