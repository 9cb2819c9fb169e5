/// SipHash-2-4 (Aumasson and Bernstein, 2012), as TensorFlow's `string_to_hash_bucket_strong` takes it.
struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    private init(_ key: (UInt64, UInt64)) {
        v0 = key.0 ^ 0x736f_6d65_7073_6575
        v1 = key.1 ^ 0x646f_7261_6e64_6f6d
        v2 = key.0 ^ 0x6c79_6765_6e65_7261
        v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    static func hash(_ text: TextSlice, key: (UInt64, UInt64)) -> UInt64 {
        var state = SipHash(key)
        let whole = text.count / 8 * 8
        for start in stride(from: 0, to: whole, by: 8) { state.take(text.word(at: start)) }
        var last = UInt64(text.count) << 56
        for index in whole..<text.count { last |= UInt64(text[index]) << UInt64(8 * (index - whole)) }
        state.take(last)
        state.v2 ^= 0xff
        for _ in 0..<4 { state.mix() }
        return state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    }

    private mutating func take(_ word: UInt64) {
        v3 ^= word
        mix()
        mix()
        v0 ^= word
    }

    private mutating func mix() {
        v0 = v0 &+ v1
        v2 = v2 &+ v3
        v1 = rotate(v1, 13) ^ v0
        v3 = rotate(v3, 16) ^ v2
        v0 = rotate(v0, 32)
        v2 = v2 &+ v1
        v0 = v0 &+ v3
        v1 = rotate(v1, 17) ^ v2
        v3 = rotate(v3, 21) ^ v0
        v2 = rotate(v2, 32)
    }

    private func rotate(_ x: UInt64, _ count: UInt64) -> UInt64 { x << count | x >> (64 - count) }
}
