// The vocabulary of the templates: one vector type `vf` of VL floats, and the few operations they are written in.
// Included once per instruction set, after VL, REGISTERS, HAS_FMA and HAS_HALF (conversion of binary16) are defined and inside its target attribute.

#define LEAF static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float vf __attribute__((ext_vector_type(VL)));
typedef int32_t vi __attribute__((ext_vector_type(VL)));
typedef uint32_t vu __attribute__((ext_vector_type(VL)));
typedef float vf_in_memory __attribute__((ext_vector_type(VL), aligned(4), may_alias));

typedef uint16_t vh __attribute__((ext_vector_type(VL)));
typedef int8_t vb __attribute__((ext_vector_type(VL)));
typedef int8_t vb_in_memory __attribute__((ext_vector_type(VL), aligned(1), may_alias));
typedef uint16_t vh_in_memory __attribute__((ext_vector_type(VL), aligned(2), may_alias));

LEAF vf load(const float *p) { return *(const vf_in_memory *)p; }
LEAF void store(float *p, vf v) { *(vf_in_memory *)p = v; }
LEAF vh load_16(const void *p) { return *(const vh_in_memory *)p; }
LEAF vb load_8(const void *p) { return *(const vb_in_memory *)p; }
LEAF vf splat(float x) { return (vf)x; }

LEAF vf fma_(vf a, vf b, vf c) {
#if HAS_FMA
    return __builtin_elementwise_fma(a, b, c);
#else
    return a * b + c;
#endif
}

/// Binary16 as float32, exactly: subnormals and NaN payloads too.
LEAF vf widened_float16(vh bits) {
#if HAS_HALF
    typedef _Float16 half_vector __attribute__((ext_vector_type(VL)));
    return __builtin_convertvector((half_vector)bits, vf);
#else
    const vu wide = __builtin_convertvector(bits, vu), magnitude = (wide & 0x7fffu) << 13;
    // Multiplying by 2^112 moves the exponent to its place and normalises; infinity and NaN need the rest of it.
    const vu number = (vu)((vf)magnitude * 0x1p112f);
    const vu exponent = (vu)(magnitude >= 0x0f800000u) & 0x7f800000u;
    return (vf)(number | exponent | (wide & 0x8000u) << 16);
#endif
}

LEAF vf widened_bfloat16(vh bits) { return (vf)(__builtin_convertvector(bits, vu) << 16); }

LEAF vf widened_int8(vb numbers) { return __builtin_convertvector(__builtin_convertvector(numbers, vi), vf); }

/// Lane by lane `mask ? a : b`; a mask's lanes are all ones or all zeros, as comparisons give them.
LEAF vf choose(vi mask, vf a, vf b) { return mask ? a : b; }

// Bounds keep NaN: a comparison with NaN is false, so the number itself is chosen.
LEAF vf at_least(vf x, vf lower) { return choose(x < lower, lower, x); }
LEAF vf at_most(vf x, vf upper) { return choose(x > upper, upper, x); }
LEAF vf clamp(vf x, vf lower, vf upper) { return at_most(at_least(x, lower), upper); }

// NaN if either is NaN.
LEAF vf larger(vf a, vf b) { return choose((a > b) | (a != a), a, b); }
LEAF vf smaller(vf a, vf b) { return choose((a < b) | (a != a), a, b); }

LEAF vf absolute(vf x) { return (vf)((vu)x & 0x7fffffffu); }
LEAF vf with_sign_of(vf magnitude, vf sign) { return (vf)(((vu)magnitude & 0x7fffffffu) | ((vu)sign & 0x80000000u)); }

/// Lanes 0 ..< n set to ones.
LEAF vi lanes_below(size_t n) {
    vi lane;
    UNROLL for (int i = 0; i < VL; i++) lane[i] = i;
    return lane < (vi)(int32_t)n;
}

// Horizontal reductions in a fixed tree order.
LEAF float sum_of_lanes(vf v) {
    float t[VL];
    store(t, v);
    UNROLL for (int half = VL / 2; half > 0; half /= 2)
        UNROLL for (int i = 0; i < half; i++) t[i] += t[i + half];
    return t[0];
}

LEAF float largest_lane(vf v) {
    float t[VL];
    store(t, v);
    UNROLL for (int half = VL / 2; half > 0; half /= 2)
        UNROLL for (int i = 0; i < half; i++) t[i] = t[i] > t[i + half] || t[i] != t[i] ? t[i] : t[i + half];
    return t[0];
}
