// Softmax and the reductions over a row.
//
// Element i goes to sum i % LANES, in order; then the sums are added up in a tree. That is the same for every vector
// length, so these too give the same bits on every instruction set that rounds alike.

enum { LANES = 64, SUMS = LANES / VL };

LEAF vf load_first_or(const float *p, size_t n, vf other) {
    return choose(lanes_below(n), load_first(p, first(n)), other);
}

/// WHOLE(i) is the vector of elements i ..< i + VL, PARTIAL(i, count) that of fewer, the rest neutral.
#define REDUCE(n, neutral, combine, result)                                                                            \
    vf sums[SUMS];                                                                                                     \
    UNROLL for (int v = 0; v < SUMS; v++) sums[v] = neutral;                                                           \
    size_t i = 0;                                                                                                      \
    for (; i + LANES <= n; i += LANES)                                                                                 \
        UNROLL for (int v = 0; v < SUMS; v++) sums[v] = combine(sums[v], WHOLE(i + v * VL));                           \
    UNROLL for (int v = 0; v < SUMS; v++, i += VL) {                                                                   \
        if (i + VL <= n) sums[v] = combine(sums[v], WHOLE(i));                                                         \
        else if (i < n) sums[v] = combine(sums[v], PARTIAL(i, n - i));                                                 \
    }                                                                                                                  \
    UNROLL for (int half = SUMS / 2; half > 0; half /= 2)                                                              \
        UNROLL for (int v = 0; v < half; v++) sums[v] = combine(sums[v], sums[v + half]);                              \
    return result(sums[0]);

static float max_row(const float *x, size_t n) {
    const vf none = splat(-__builtin_inff());
#define WHOLE(i) load(x + (i))
#define PARTIAL(i, count) load_first_or(x + (i), count, none)
    REDUCE(n, none, larger, largest_lane)
#undef WHOLE
#undef PARTIAL
}

static float sum_row(const float *x, size_t n) {
#define WHOLE(i) load(x + (i))
#define PARTIAL(i, count) load_first(x + (i), first(count))
    REDUCE(n, (vf)0.0f, vf_add, sum_of_lanes)
#undef WHOLE
#undef PARTIAL
}

static float dot_row(const float *a, const float *b, size_t n) {
#define WHOLE(i) vf_multiply(load(a + (i)), load(b + (i)))
#define PARTIAL(i, count) vf_multiply(load_first(a + (i), first(count)), load_first(b + (i), first(count)))
    REDUCE(n, (vf)0.0f, vf_add, sum_of_lanes)
#undef WHOLE
#undef PARTIAL
}

static float largest_magnitude(const float *x, size_t n) {
#define WHOLE(i) absolute(load(x + (i)))
#define PARTIAL(i, count) absolute(load_first(x + (i), first(count)))
    REDUCE(n, (vf)0.0f, larger, largest_lane)
#undef WHOLE
#undef PARTIAL
}

LEAF vf square(vf x) { return x * x; }

static float square_deviation_row(const float *x, size_t n, float mean) {
    const vf center = splat(mean);
#define WHOLE(i) square(load(x + (i)) - center)
#define PARTIAL(i, count) square(load_first_or(x + (i), count, center) - center)
    REDUCE(n, (vf)0.0f, vf_add, sum_of_lanes)
#undef WHOLE
#undef PARTIAL
}

LEAF vf exp_kept(const float *x, float *y, vf top, size_t count) {
    const vf e = vf_exp(load_first(x, first(count)) - top);
    if (y) store_first(y, first(count), e);
    return count == VL ? e : choose(lanes_below(count), e, (vf)0.0f);
}

/// The sum of e^(x - top), whose terms are kept in y unless it is null.
static float exp_row(const float *x, float *y, size_t n, vf top) {
#define WHOLE(i) exp_kept(x + (i), y ? y + (i) : 0, top, VL)
#define PARTIAL(i, count) exp_kept(x + (i), y ? y + (i) : 0, top, count)
    REDUCE(n, (vf)0.0f, vf_add, sum_of_lanes)
#undef WHOLE
#undef PARTIAL
}

static void softmax_rows(const float *x, float *y, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++, x += n, y += n) {
        const vf sum = splat(exp_row(x, y, n, splat(max_row(x, n))));
        FOR_EACH_VECTOR(n, store(y + i, load(y + i) / sum), store_first(y + i, mask, load_first(y + i, mask) / sum))
    }
}

static void log_softmax_rows(const float *x, float *y, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++, x += n, y += n) {
        const vf top = splat(max_row(x, n));
        const vf log_sum = vf_log(splat(exp_row(x, 0, n, top)));
        FOR_EACH_VECTOR(n, store(y + i, load(x + i) - top - log_sum),
                        store_first(y + i, mask, load_first(x + i, mask) - top - log_sum))
    }
}
