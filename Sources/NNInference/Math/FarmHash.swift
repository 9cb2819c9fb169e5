/// FarmHash Fingerprint64, as TensorFlow's `string_to_hash_bucket_fast` takes it: a published hash (Google, 2014) that never changes.
enum FarmHash {
    private static let k0: UInt64 = 0xc3a5_c85c_97cb_3127
    private static let k1: UInt64 = 0xb492_b66f_be98_f273
    private static let k2: UInt64 = 0x9ae1_6a3b_2f90_404f

    static func fingerprint(_ text: TextSlice) -> UInt64 {
        switch text.count {
        case 0...16: upTo16(text)
        case 17...32: upTo32(text)
        case 33...64: upTo64(text)
        default: longer(text)
        }
    }

    private static func rotate(_ x: UInt64, _ count: UInt64) -> UInt64 { x >> count | x << (64 - count) }
    private static func mix(_ x: UInt64) -> UInt64 { x ^ x >> 47 }

    private static func mixed(_ u: UInt64, _ v: UInt64, _ factor: UInt64) -> UInt64 {
        let a = mix((u ^ v) &* factor)
        return mix((v ^ a) &* factor) &* factor
    }

    private static func factor(_ text: TextSlice) -> UInt64 { k2 &+ UInt64(text.count) &* 2 }

    private static func upTo16(_ text: TextSlice) -> UInt64 {
        let count = text.count
        if count >= 8 {
            let a = text.word(at: 0) &+ k2
            let b = text.word(at: count - 8)
            let c = rotate(b, 37) &* factor(text) &+ a
            let d = (rotate(a, 25) &+ b) &* factor(text)
            return mixed(c, d, factor(text))
        }
        if count >= 4 { return mixed(UInt64(count) &+ text.halfWord(at: 0) << 3, text.halfWord(at: count - 4), factor(text)) }
        guard count > 0 else { return k2 }
        let y = UInt32(text[0]) &+ UInt32(text[count >> 1]) << 8
        let z = UInt32(count) &+ UInt32(text[count - 1]) << 2
        return mix(UInt64(y) &* k2 ^ UInt64(z) &* k0) &* k2
    }

    private static func upTo32(_ text: TextSlice) -> UInt64 {
        let a = text.word(at: 0) &* k1
        let b = text.word(at: 8)
        let c = text.word(at: text.count - 8) &* factor(text)
        let d = text.word(at: text.count - 16) &* k2
        return mixed(rotate(a &+ b, 43) &+ rotate(c, 30) &+ d, a &+ rotate(b &+ k2, 18) &+ c, factor(text))
    }

    private static func upTo64(_ text: TextSlice) -> UInt64 {
        let factor = factor(text)
        let a = text.word(at: 0) &* k2
        let b = text.word(at: 8)
        let c = text.word(at: text.count - 8) &* factor
        let d = text.word(at: text.count - 16) &* k2
        let y = rotate(a &+ b, 43) &+ rotate(c, 30) &+ d
        let z = mixed(y, a &+ rotate(b &+ k2, 18) &+ c, factor)
        let e = text.word(at: 16) &* factor
        let f = text.word(at: 24)
        let g = (y &+ text.word(at: text.count - 32)) &* factor
        let h = (z &+ text.word(at: text.count - 24)) &* factor
        return mixed(rotate(e &+ f, 43) &+ rotate(g, 30) &+ h, e &+ rotate(f &+ a, 18) &+ g, factor)
    }

    /// The hash of 32 bytes from `start`, with two seeds.
    private static func weak(_ text: TextSlice, _ start: Int, _ a: UInt64, _ b: UInt64) -> (UInt64, UInt64) {
        let z = text.word(at: start + 24)
        var a = a &+ text.word(at: start)
        let b = rotate(b &+ a &+ z, 21)
        let c = a
        a = a &+ text.word(at: start + 8) &+ text.word(at: start + 16)
        return (a &+ z, b &+ rotate(a, 44) &+ c)
    }

    private static func longer(_ text: TextSlice) -> UInt64 {
        let seed: UInt64 = 81
        var y = seed &* k1 &+ 113
        var z = mix(y &* k2 &+ 113) &* k2
        var v: (UInt64, UInt64) = (0, 0)
        var w: (UInt64, UInt64) = (0, 0)
        var x = seed &* k2 &+ text.word(at: 0)
        let end = (text.count - 1) / 64 * 64
        for start in stride(from: 0, to: end, by: 64) {
            x = rotate(x &+ y &+ v.0 &+ text.word(at: start + 8), 37) &* k1
            y = rotate(y &+ v.1 &+ text.word(at: start + 48), 42) &* k1
            x ^= w.1
            y = y &+ v.0 &+ text.word(at: start + 40)
            z = rotate(z &+ w.0, 33) &* k1
            v = weak(text, start, v.1 &* k1, x &+ w.0)
            w = weak(text, start + 32, z &+ w.1, y &+ text.word(at: start + 16))
            swap(&z, &x)
        }
        let factor = k1 &+ (z & 0xff) << 1
        let last = text.count - 64
        w.0 = w.0 &+ UInt64((text.count - 1) & 63)
        v.0 = v.0 &+ w.0
        w.0 = w.0 &+ v.0
        x = rotate(x &+ y &+ v.0 &+ text.word(at: last + 8), 37) &* factor
        y = rotate(y &+ v.1 &+ text.word(at: last + 48), 42) &* factor
        x ^= w.1 &* 9
        y = y &+ v.0 &* 9 &+ text.word(at: last + 40)
        z = rotate(z &+ w.0, 33) &* factor
        v = weak(text, last, v.1 &* factor, x &+ w.0)
        w = weak(text, last + 32, z &+ w.1, y &+ text.word(at: last + 16))
        swap(&z, &x)
        return mixed(mixed(v.0, w.0, factor) &+ mix(y) &* k0 &+ z, mixed(v.1, w.1, factor) &+ x, factor)
    }
}

extension TextSlice {
    /// Eight bytes, little-endian.
    func word(at start: Int) -> UInt64 { halfWord(at: start) | halfWord(at: start + 4) << 32 }

    /// Four bytes, little-endian.
    func halfWord(at start: Int) -> UInt64 {
        UInt64(self[start]) | UInt64(self[start + 1]) << 8 | UInt64(self[start + 2]) << 16 | UInt64(self[start + 3]) << 24
    }
}
