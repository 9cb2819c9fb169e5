// The register tile: R rows of C times P panels (or one piece of a panel) of V vectors each.
//
// A sum over K is cut into segments of SEGMENT products. Inside a segment each element of C has one accumulator that
// starts at zero and takes its products in order of k; the segments' sums are added up in order. All tile shapes do
// exactly this, so the tile an element falls into does not show in its value. (And long sums lose less precision.)

enum { SEGMENT = 512 };

/// What all tiles of one call on one segment have in common.
typedef struct {
    size_t row_step;                     // pointers from one row of C to the next in `rows`
    size_t offset;                       // added to every row pointer but `zero`
    const float *zero;
    size_t tap0, tap1;                   // the segment: these taps,
    size_t k0, k1;                       // of each tap these floats
    size_t b_step;                       // floats from one k to the next in B
    size_t panel_step;                   // floats from one panel to the next, when P > 1
    float *c;
    size_t ldc;
    int adds;                            // C holds earlier segments
    int finishes;                        // last segment: epilogue
    const nn_epilogue *epilogue;
} segment;

LEAF const float *row_pointer(const float *p, size_t offset, const float *zero) { return p == zero ? p : p + offset; }

LEAF size_t bytes_of(const nn_number number) {
    return number == NN_FLOAT32 ? sizeof(float) : number == NN_INT8 ? sizeof(int8_t) : sizeof(uint16_t);
}

LEAF vf load_weights(const nn_number number, const char *p) {
    switch (number) {
    case NN_FLOAT16: return widened_float16(load_16(p));
    case NN_BFLOAT16: return widened_bfloat16(load_16(p));
    case NN_INT8: return widened_int8(load_8(p));
    default: return load((const float *)p);
    }
}

LEAF vf load_weights_first(const nn_number number, const char *p, vmask mask) {
    switch (number) {
    case NN_FLOAT16: return widened_float16(load_first_16(p, mask));
    case NN_BFLOAT16: return widened_bfloat16(load_first_16(p, mask));
    case NN_INT8: return widened_int8(load_first_8(p, mask));
    default: return load_first((const float *)p, mask);
    }
}

/// `rows` at the tile's first row, `b` at the segment's first k and the tile's first column, `m`, `n` the tile's origin
/// in C. If MASKED, only the lanes of `mask` of the last vector belong to the matrix.
LEAF void tile(const int R, const int P, const int V, const int MASKED, const nn_number NUMBER, const segment *s,
               const float *const *rows, const char *b, size_t m, size_t n, vmask mask) {
    const size_t bytes = bytes_of(NUMBER);
    const int W = P * V;
    vf acc[R][W];
    UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < W; v++) acc[r][v] = (vf)0.0f;

    const size_t count = s->k1 - s->k0;
    for (size_t t = s->tap0; t < s->tap1; t++) {
        const float *a[R];
        UNROLL for (int r = 0; r < R; r++)
            a[r] = row_pointer(rows[(size_t)r * s->row_step + t], s->offset, s->zero) + s->k0;
        _Pragma("clang loop unroll(disable)") for (size_t k = 0; k < count; k++) {
            vf bk[W];
            UNROLL for (int p = 0; p < P; p++) UNROLL for (int v = 0; v < V; v++) {
                const char *at = b + ((size_t)p * s->panel_step + v * VL) * bytes;
                bk[p * V + v] = MASKED && v == V - 1 ? load_weights_first(NUMBER, at, mask) : load_weights(NUMBER, at);
            }
            UNROLL for (int r = 0; r < R; r++) {
                vf x = splat(a[r][k]);
                UNROLL for (int v = 0; v < W; v++) acc[r][v] = fma_(x, bk[v], acc[r][v]);
            }
            b += s->b_step * bytes;
        }
    }

    float *c = s->c + m * s->ldc + n;
    if (s->adds) {
        UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < W; v++) {
            const float *at = c + (size_t)r * s->ldc + v * VL;
            acc[r][v] += MASKED && v == W - 1 ? load_first(at, mask) : load(at);
        }
    }
    if (s->finishes) {
        const float *scale = s->epilogue->scale, *shift = s->epilogue->shift;
        const vf lower = splat(s->epilogue->lower), upper = splat(s->epilogue->upper);
        UNROLL for (int v = 0; v < W; v++) {
            // x * 1 + -0 is x, also for x = -0, so one path serves all.
            vf factor = (vf)1.0f, term = (vf)-0.0f;
            if (scale) factor = MASKED && v == W - 1 ? load_first(scale + n + v * VL, mask) : load(scale + n + v * VL);
            if (shift) term = MASKED && v == W - 1 ? load_first(shift + n + v * VL, mask) : load(shift + n + v * VL);
            UNROLL for (int r = 0; r < R; r++) acc[r][v] = clamp(fma_(acc[r][v], factor, term), lower, upper);
        }
    }
    UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < W; v++) {
        float *at = c + (size_t)r * s->ldc + v * VL;
        if (MASKED && v == W - 1) store_first(at, mask, acc[r][v]);
        else store(at, acc[r][v]);
    }
}

typedef void tile_function(const segment *, const float *const *rows, const char *b, size_t m, size_t n, vmask mask);

#define TILE_OF(name, R, P, V, MASKED, NUMBER)                                                                         \
    static void name(const segment *s, const float *const *rows, const char *b, size_t m, size_t n, vmask mask) {      \
        tile(R, P, V, MASKED, NUMBER, s, rows, b, m, n, mask);                                                         \
    }

/// A tile for each number that B may be stored as.
#define TILE(name, R, P, V, MASKED)                                                                                    \
    TILE_OF(float32_##name, R, P, V, MASKED, NN_FLOAT32)                                                               \
    TILE_OF(float16_##name, R, P, V, MASKED, NN_FLOAT16)                                                               \
    TILE_OF(bfloat16_##name, R, P, V, MASKED, NN_BFLOAT16)                                                             \
    TILE_OF(int8_##name, R, P, V, MASKED, NN_INT8)

/// The tables of what NAMES lists, which takes a prefix and a name.
#define TILE_TABLES(name) {NAMES(float32_, name), NAMES(float16_, name), NAMES(bfloat16_, name), NAMES(int8_, name)}
