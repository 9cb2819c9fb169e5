// Products of quantised rows and int8 weights, exact in 32-bit integers until the epilogue.
// The including file defines INPUT (the type a quantised number is kept in) and INPUT_OFFSET (what is added to it there), GROUP (inputs
// that are multiplied at once), INT8_VECTORS (of VL columns, in a tile; their columns divide a panel), INT8_ROWS, and
//   load_group(w, at, rows)  `rows` of GROUP rows of a panel from `at`, the others zero, as vectors of the tile's columns
//   dot_group(sum, a, w)     adds the products of GROUP inputs at `a` and the weights

typedef INPUT input_vector __attribute__((ext_vector_type(VL)));
typedef INPUT input_vector_in_memory __attribute__((ext_vector_type(VL), aligned(1), may_alias));
typedef int32_t vi_in_memory __attribute__((ext_vector_type(VL), aligned(4), may_alias));

LEAF input_vector quantized(vf x, vf factor) {
    // Comparisons with NaN are false. Adding 1.5 * 2^23 leaves the nearest whole number, ties to even, in the low bits.
    vf v = x * factor;
    v = choose(v > splat(-127.0f), v, splat(-127.0f));
    v = choose(v < splat(127.0f), v, splat(127.0f));
    const vi whole = (vi)(v + splat(0x1.8p23f)) - (vi)0x4B400000;
    return __builtin_convertvector(whole + (vi)INPUT_OFFSET, input_vector);
}

static void int8_quantize(const float *x, void *y, size_t n, float factor) {
    INPUT *to = y;
    size_t i = 0;
    for (; i + VL <= n; i += VL) *(input_vector_in_memory *)(to + i) = quantized(load(x + i), splat(factor));
    if (i == n) return;
    const input_vector last = quantized(load_first(x + i, first(n - i)), splat(factor));
    for (size_t lane = 0; i < n; lane++, i++) to[i] = last[lane];
}

/// R rows of C from row m on by the tile's columns from column n on; `panel` is their first weight.
LEAF void int8_tile(const int R, const nn_int8_product *p, const int8_t *panel, size_t m, size_t n) {
    vi sums[R][INT8_VECTORS];
    UNROLL for (int r = 0; r < R; r++) UNROLL for (int v = 0; v < INT8_VECTORS; v++) sums[r][v] = (vi)0;
    const void *const *rows = p->rows + m * p->taps;
    const size_t whole = p->k / GROUP * GROUP, rest = p->k - whole;
    for (size_t t = 0; t < p->taps; t++) {
        const INPUT *a[R];
        UNROLL for (int r = 0; r < R; r++) a[r] = rows[(size_t)r * p->taps + t];
        vi w[INT8_VECTORS];
        _Pragma("clang loop unroll(disable)") for (size_t k = 0; k < whole; k += GROUP) {
            load_group(w, panel, GROUP);
            UNROLL for (int r = 0; r < R; r++)
                UNROLL for (int v = 0; v < INT8_VECTORS; v++) sums[r][v] = dot_group(sums[r][v], a[r] + k, w[v]);
            panel += GROUP * NN_PANEL_COLUMNS;
        }
        if (rest) {
            load_group(w, panel, rest);
            UNROLL for (int r = 0; r < R; r++)
                UNROLL for (int v = 0; v < INT8_VECTORS; v++) sums[r][v] = dot_group(sums[r][v], a[r] + whole, w[v]);
            panel += rest * NN_PANEL_COLUMNS;
        }
    }

    const nn_epilogue *e = p->epilogue;
    const vf lower = splat(e->lower), upper = splat(e->upper);
    UNROLL for (int v = 0; v < INT8_VECTORS; v++) {
        const size_t column = n + v * VL;
        if (column >= p->N) break;
        const size_t count = p->N - column < VL ? p->N - column : VL;
        const vi offset = INPUT_OFFSET ? *(const vi_in_memory *)(p->offsets + column) : (vi)0;
        const vf scale = e->scale ? load_first(e->scale + column, first(count)) : (vf)1.0f;
        const vf shift = e->shift ? load_first(e->shift + column, first(count)) : (vf)-0.0f;
        UNROLL for (int r = 0; r < R; r++) {
            const vf sum = __builtin_convertvector(sums[r][v] - offset, vf) * splat(p->factors[(m + r) * p->factor_step]);
            store_first(p->c + (m + r) * p->ldc + column, first(count), clamp(fma_(sum, scale, shift), lower, upper));
        }
    }
}

typedef void int8_tile_function(const nn_int8_product *, const int8_t *panel, size_t m, size_t n);
#define INT8_TILE(R)                                                                                                   \
    static void int8_tile##R(const nn_int8_product *p, const int8_t *panel, size_t m, size_t n) { int8_tile(R, p, panel, m, n); }
INT8_TILE(1)
INT8_TILE(2)
INT8_TILE(3)
INT8_TILE(4)
#if INT8_ROWS > 4
INT8_TILE(5)
INT8_TILE(6)
#endif
#if INT8_ROWS > 6
INT8_TILE(7)
INT8_TILE(8)
INT8_TILE(9)
INT8_TILE(10)
INT8_TILE(11)
INT8_TILE(12)
#endif
static int8_tile_function *const int8_tiles[INT8_ROWS + 1] = {
    0, int8_tile1, int8_tile2, int8_tile3, int8_tile4,
#if INT8_ROWS > 4
    int8_tile5, int8_tile6,
#endif
#if INT8_ROWS > 6
    int8_tile7, int8_tile8, int8_tile9, int8_tile10, int8_tile11, int8_tile12,
#endif
};

static void int8_product(const nn_int8_product *p) {
    enum { BLOCK = 96 };  // rows whose inputs stay in the cache while the weights pass
    for (size_t block = 0; block < p->M; block += BLOCK) {
        const size_t end = p->M - block < BLOCK ? p->M : block + BLOCK;
        for (size_t n = p->n0; n < p->n1; n += NN_PANEL_COLUMNS) {
            const int8_t *panel = p->N - n < NN_PANEL_COLUMNS ? p->last_panel : p->panels + n * p->taps * p->k;
            for (size_t m = block; m < end;) {
                const size_t tiles = (end - m + INT8_ROWS - 1) / INT8_ROWS, rows = (end - m + tiles - 1) / tiles;
                for (size_t at = 0; at < NN_PANEL_COLUMNS && n + at < p->n1; at += INT8_VECTORS * VL)
                    int8_tiles[rows](p, panel + at, m, n + at);
                m += rows;
            }
        }
    }
}

#define INT8_KERNELS(name)                                                                                             \
    const nn_int8_kernels name = {                                                                                     \
        .input_bytes = sizeof(INPUT),                                                                                  \
        .input_offset = INPUT_OFFSET,                                                                                  \
        .slack = GROUP - 1,                                                                                            \
        .quantize = int8_quantize,                                                                                     \
        .product = int8_product,                                                                                       \
    };
