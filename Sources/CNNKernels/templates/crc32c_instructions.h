// CRC-32C with the processor's instruction: three independent runs hide its latency of three cycles.
// The including file defines CRC8(crc, uint64_t) and CRC1(crc, uint8_t).

/// a * b modulo the polynomial, bits reflected (x^0 is the highest bit).
static uint32_t crc_product(uint32_t a, uint32_t b) {
    uint32_t product = 0;
    for (int i = 0; i < 32; i++) {
        product ^= b & (0u - (a >> 31));
        a <<= 1;
        b = (b >> 1) ^ (0x82f63b78u & (0u - (b & 1)));
    }
    return product;
}

LEAF uint64_t eight_bytes(const uint8_t *p) {
    uint64_t word;
    __builtin_memcpy(&word, p, 8);
    return word;
}

/// Three runs of `run` bytes each (a multiple of 8); `power` is x^(8 * run).
LEAF uint32_t crc_of_three_runs(uint32_t crc, const uint8_t *p, size_t run, uint32_t power) {
    uint64_t a = crc, b = 0, c = 0;
    for (size_t i = 0; i < run; i += 8) {
        a = CRC8(a, eight_bytes(p + i));
        b = CRC8(b, eight_bytes(p + run + i));
        c = CRC8(c, eight_bytes(p + 2 * run + i));
    }
    return crc_product(crc_product((uint32_t)a, power) ^ (uint32_t)b, power) ^ (uint32_t)c;
}

static uint32_t crc32c(uint32_t crc, const void *bytes, size_t n) {
    enum { LONG = 8192, SHORT = 256 };
    const uint8_t *p = bytes;
    crc = ~crc;
    for (; n >= 3 * LONG; n -= 3 * LONG, p += 3 * LONG) crc = crc_of_three_runs(crc, p, LONG, 0x28461564u);
    for (; n >= 3 * SHORT; n -= 3 * SHORT, p += 3 * SHORT) crc = crc_of_three_runs(crc, p, SHORT, 0x88e56f72u);
    uint64_t wide = crc;
    for (; n >= 8; n -= 8, p += 8) wide = CRC8(wide, eight_bytes(p));
    crc = (uint32_t)wide;
    for (; n > 0; n--, p++) crc = CRC1(crc, *p);
    return ~crc;
}
