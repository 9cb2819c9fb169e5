// Softmax and the reductions over a row.

LEAF vf load_first_or(const float *p, size_t n, vf other) {
    return choose(lanes_below(n), load_first(p, first(n)), other);
}

// Four accumulators over whole quadruples of vectors, then one over the rest: the order of a sum follows from n alone.
#define REDUCE(n, start, combine, whole, partial, result)                                                              \
    vf a0 = start, a1 = start, a2 = start, a3 = start;                                                                 \
    size_t i = 0;                                                                                                      \
    for (; i + 4 * VL <= n; i += 4 * VL) {                                                                             \
        a0 = combine(a0, whole(i));                                                                                    \
        a1 = combine(a1, whole(i + VL));                                                                               \
        a2 = combine(a2, whole(i + 2 * VL));                                                                           \
        a3 = combine(a3, whole(i + 3 * VL));                                                                           \
    }                                                                                                                  \
    for (; i + VL <= n; i += VL) a0 = combine(a0, whole(i));                                                           \
    if (i < n) a1 = combine(a1, partial(i, n - i));                                                                    \
    return result(combine(combine(a0, a1), combine(a2, a3)));

static float max_row(const float *x, size_t n) {
    const vf none = splat(-__builtin_inff());
#define WHOLE(i) load(x + (i))
#define PARTIAL(i, left) load_first_or(x + (i), left, none)
    REDUCE(n, none, larger, WHOLE, PARTIAL, largest_lane)
#undef WHOLE
#undef PARTIAL
}

static float sum_row(const float *x, size_t n) {
#define WHOLE(i) load(x + (i))
#define PARTIAL(i, left) load_first(x + (i), first(left))
    REDUCE(n, (vf)0.0f, vf_add, WHOLE, PARTIAL, sum_of_lanes)
#undef WHOLE
#undef PARTIAL
}

static float dot_row(const float *a, const float *b, size_t n) {
#define WHOLE(i) load(a + (i)) * load(b + (i))
#define PARTIAL(i, left) load_first(a + (i), first(left)) * load_first(b + (i), first(left))
    REDUCE(n, (vf)0.0f, vf_add, WHOLE, PARTIAL, sum_of_lanes)
#undef WHOLE
#undef PARTIAL
}

LEAF vf square(vf x) { return x * x; }

static float square_deviation_row(const float *x, size_t n, float mean) {
    const vf center = splat(mean);
#define WHOLE(i) square(load(x + (i)) - center)
#define PARTIAL(i, left) square(load_first_or(x + (i), left, center) - center)
    REDUCE(n, (vf)0.0f, vf_add, WHOLE, PARTIAL, sum_of_lanes)
#undef WHOLE
#undef PARTIAL
}

/// y = e^(x - m); returns the sum of y.
static float exp_row(const float *x, float *y, size_t n, float m) {
    const vf top = splat(m);
    vf sum = (vf)0.0f;
    size_t i = 0;
    for (; i + VL <= n; i += VL) {
        const vf e = vf_exp(load(x + i) - top);
        store(y + i, e);
        sum += e;
    }
    if (i < n) {
        const vmask mask = first(n - i);
        const vf e = vf_exp(load_first(x + i, mask) - top);
        store_first(y + i, mask, e);
        sum += choose(lanes_below(n - i), e, (vf)0.0f);
    }
    return sum_of_lanes(sum);
}

static void softmax_rows(const float *x, float *y, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++, x += n, y += n) {
        const vf sum = splat(exp_row(x, y, n, max_row(x, n)));
        FOR_EACH_VECTOR(n, store(y + i, load(y + i) / sum), store_first(y + i, mask, load_first(y + i, mask) / sum))
    }
}

static void log_softmax_rows(const float *x, float *y, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++, x += n, y += n) {
        const float m = max_row(x, n);
        const vf top = splat(m);
        vf sum = (vf)0.0f;
        for (size_t i = 0; i < n; i += VL) {
            const size_t left = n - i < VL ? n - i : VL;
            sum += choose(lanes_below(left), vf_exp(load_first(x + i, first(left)) - top), (vf)0.0f);
        }
        const vf log_sum = vf_log(splat(sum_of_lanes(sum)));
        FOR_EACH_VECTOR(n, store(y + i, load(x + i) - top - log_sum),
                        store_first(y + i, mask, load_first(x + i, mask) - top - log_sum))
    }
}
