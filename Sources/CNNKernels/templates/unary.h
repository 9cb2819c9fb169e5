// Functions of one number over an array. The last, partial vector goes through the same code as the others.

/// The mask of the next vector when so many elements are left.
LEAF vmask lanes_left(size_t left) { return first(left < VL ? left : VL); }

#define FOR_EACH_VECTOR(n, whole, partial)                                                                             \
    size_t i = 0;                                                                                                      \
    for (; i + VL <= n; i += VL) whole;                                                                                \
    if (i < n) {                                                                                                       \
        const vmask mask = first(n - i);                                                                               \
        partial;                                                                                                       \
    }

#define UNARY(name)                                                                                                    \
    static void unary_##name(const float *x, float *y, size_t n) {                                                     \
        FOR_EACH_VECTOR(n, store(y + i, vf_##name(load(x + i))), store_first(y + i, mask, vf_##name(load_first(x + i, mask)))) \
    }

UNARY(exp)
UNARY(log)
UNARY(tanh)
UNARY(sigmoid)
UNARY(silu)
UNARY(gelu)
UNARY(gelu_tanh)
UNARY(softplus)
UNARY(log_sigmoid)
UNARY(softsign)
UNARY(mish)
UNARY(selu)
UNARY(square_root)
UNARY(reciprocal_square_root)

static void unary_elu(const float *x, float *y, size_t n, float alpha) {
    const vf a = splat(alpha);
    FOR_EACH_VECTOR(n, store(y + i, vf_elu(load(x + i), a)), store_first(y + i, mask, vf_elu(load_first(x + i, mask), a)))
}

LEAF vf vf_relu(vf x, vf upper, vf slope, vf threshold) {
    // A slope of 0 gives 0 even at -inf, but NaN stays NaN.
    const vf below = choose((slope == 0.0f) & (x == x), (vf)0.0f, slope * (x - threshold));
    return choose(x >= upper, upper, choose(x > threshold, x, below));
}

static void unary_relu(const float *x, float *y, size_t n, float upper, float slope, float threshold) {
    const vf u = splat(upper), s = splat(slope), t = splat(threshold);
    FOR_EACH_VECTOR(n, store(y + i, vf_relu(load(x + i), u, s, t)),
                    store_first(y + i, mask, vf_relu(load_first(x + i, mask), u, s, t)))
}

static void unary_clamped_line(const float *x, float *y, size_t n, float slope, float shift, float lower, float upper) {
    const vf a = splat(slope), b = splat(shift), lo = splat(lower), hi = splat(upper);
    FOR_EACH_VECTOR(n, store(y + i, clamp(fma_(load(x + i), a, b), lo, hi)),
                    store_first(y + i, mask, clamp(fma_(load_first(x + i, mask), a, b), lo, hi)))
}

LEAF vf vf_hard_silu(vf x, vf slope, vf shift) {
    const vf bounded = above_minus_infinity(x);
    return bounded * clamp(fma_(bounded, slope, shift), (vf)0.0f, (vf)1.0f);
}

static void unary_hard_silu(const float *x, float *y, size_t n, float slope, float shift) {
    const vf a = splat(slope), b = splat(shift);
    FOR_EACH_VECTOR(n, store(y + i, vf_hard_silu(load(x + i), a, b)),
                    store_first(y + i, mask, vf_hard_silu(load_first(x + i, mask), a, b)))
}
