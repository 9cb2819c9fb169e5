// The first n of VL narrow lanes in memory, for instruction sets whose masked loads have wider lanes only.

LEAF vh load_first_16(const void *p, size_t n) {
    if (n == VL) return load_16(p);
    vh v = (vh)(uint16_t)0;
    UNROLL for (size_t i = 0; i < VL; i++) if (i < n) v[i] = ((const uint16_t *)p)[i];
    return v;
}

LEAF vb load_first_8(const void *p, size_t n) {
    if (n == VL) return load_8(p);
    vb v = (vb)(int8_t)0;
    UNROLL for (size_t i = 0; i < VL; i++) if (i < n) v[i] = ((const int8_t *)p)[i];
    return v;
}
