// Matrix product and indirect convolution: cuts the work into tiles.
// The including file defines TILE_ROWS, TILE_VECTORS (its tile's shape), STRIP_PANELS (of B, that pass one row of tiles
// before the next and stay in the cache), the tables `whole_tiles` [number][rows] and
// `masked_tiles` [vectors][number][rows], and THIN_ROWS with `thin_tiles` [number][rows], tiles over `thin_panels` [rows] whole panels
// for products with so few rows that they are a stream through B.

enum {
    BLOCK_ROWS = 96,                    // rows of A that stay in the cache while all of B passes
    PIECE_COLUMNS = TILE_VECTORS * VL,  // columns of a tile; divides NN_PANEL_COLUMNS
    CACHED_FLOATS = 1 << 17,            // a block of A up to this size stays in the second level cache
    STRIP_COLUMNS = STRIP_PANELS * NN_PANEL_COLUMNS,
};

/// One block of rows: `rows` [row count][row_step], tile by tile.
typedef struct {
    const float *const *rows;
    size_t m, count;
} row_block;

/// The row count of the next tile: as even as possible, for a last tile of one row wastes most of the arithmetic.
LEAF size_t next_tile_rows(size_t left) {
    size_t tiles = (left + TILE_ROWS - 1) / TILE_ROWS;
    return (left + tiles - 1) / tiles;
}

/// Rows a multiple of 4096 bytes apart fall into the same few places of the first level cache and drive each other out.
LEAF int rows_collide(const segment *s, const float *const *rows, size_t count) {
    enum { PAGE = 4096, LINE = 64 };
    if (count < 8 || s->tap1 - s->tap0 != 1 || s->k1 - s->k0 < 128) return 0;
    const uintptr_t apart = (uintptr_t)rows[s->row_step + s->tap0] - (uintptr_t)rows[s->tap0];
    return apart % PAGE < LINE || apart % PAGE > PAGE - LINE;
}

LEAF const char *panel_at(nn_panels panels, size_t element) {
    return (const char *)panels.elements + element * bytes_of(panels.number);
}

/// The part of B that meets a segment: its rows from k on, panels [n0, n1).
typedef struct {
    nn_panels panels;
    size_t k, K, N, n0, n1;
} strip;

/// `count` rows of A, at most TILE_ROWS, times the strip.
static void run_tiles(segment *s, const float *const *rows, size_t count, size_t m, const strip *b) {
    for (size_t n = b->n0; n < b->n1; n += NN_PANEL_COLUMNS) {
        const size_t width = b->N - n < NN_PANEL_COLUMNS ? b->N - n : NN_PANEL_COLUMNS;
        const size_t panel = n * b->K + b->k * width;
        s->b_step = width;
        for (size_t at = 0; at < width; at += PIECE_COLUMNS) {
            const size_t left = width - at, vectors = (left + VL - 1) / VL;
            const char *from = panel_at(b->panels, panel + at);
            if (left >= PIECE_COLUMNS) whole_tiles[b->panels.number][count](s, rows, from, m, n + at, first(VL));
            else masked_tiles[vectors][b->panels.number][count](s, rows, from, m, n + at, first(left - (vectors - 1) * VL));
        }
    }
}

/// The same with a copy of the rows that has them close together.
static __attribute__((noinline)) void run_tiles_on_copy(const segment *s, const float *const *rows, size_t count,
                                                        size_t m, const strip *b) {
    enum { STEP = SEGMENT + 16 };
    float copy[TILE_ROWS * STEP];
    const float *copied[TILE_ROWS];
    const size_t length = s->k1 - s->k0;
    for (size_t r = 0; r < count; r++) {
        const float *from = row_pointer(rows[r * s->row_step + s->tap0], s->offset, s->zero) + s->k0;
        float *to = copy + r * STEP;
        copied[r] = to;
        size_t k = 0;
        for (; k + VL <= length; k += VL) store(to + k, load(from + k));
        if (k < length) store_first(to + k, first(length - k), load_first(from + k, first(length - k)));
    }
    segment on_copy = *s;
    on_copy.row_step = 1;
    on_copy.offset = 0;
    on_copy.zero = 0;
    on_copy.tap0 = 0;
    on_copy.tap1 = 1;
    on_copy.k0 = 0;
    on_copy.k1 = length;
    run_tiles(&on_copy, copied, count, m, b);
}

/// The block times panels [n0, n1) of B for one segment that starts at row k of B [K,N].
static void run_segment(segment *s, row_block block, nn_panels panels, size_t k, size_t K, size_t N, size_t n0,
                        size_t n1) {
    if (block.count <= THIN_ROWS) {
        const size_t columns = thin_panels[block.count] * NN_PANEL_COLUMNS;
        s->b_step = NN_PANEL_COLUMNS;
        s->panel_step = K * NN_PANEL_COLUMNS;
        for (; n0 + columns <= n1; n0 += columns)
            thin_tiles[panels.number][block.count](
                s, block.rows, panel_at(panels, n0 * K + k * NN_PANEL_COLUMNS), block.m, n0, first(VL));
    }
    for (; n0 < n1; n0 += STRIP_COLUMNS) {
        const strip b = {panels, k, K, N, n0, n1 - n0 < STRIP_COLUMNS ? n1 : n0 + STRIP_COLUMNS};
        for (size_t done = 0; done < block.count;) {
            const size_t count = next_tile_rows(block.count - done);
            const float *const *rows = block.rows + done * s->row_step;
            if (rows_collide(s, rows, count)) run_tiles_on_copy(s, rows, count, block.m + done, &b);
            else run_tiles(s, rows, count, block.m + done, &b);
            done += count;
        }
    }
}

/// All segments of the block times panels [n0, n1). The segments' bounds follow from `taps` and `k` alone.
static void run_segments(segment *s, row_block block, nn_panels panels, size_t taps, size_t k, size_t N, size_t n0,
                         size_t n1) {
    const size_t taps_at_once = k >= SEGMENT || k == 0 ? 1 : SEGMENT / k;
    size_t tap = 0, at = 0;
    int last;
    s->adds = s->epilogue->accumulate;
    do {
        s->tap0 = tap;
        s->tap1 = taps - tap < taps_at_once ? taps : tap + taps_at_once;
        s->k0 = at;
        s->k1 = k - at < SEGMENT ? k : at + SEGMENT;
        const size_t row = tap * k + at;
        if (s->k1 < k) {
            at = s->k1;
        } else {
            at = 0;
            tap = s->tap1;
        }
        last = tap >= taps;
        s->finishes = last;
        run_segment(s, block, panels, row, taps * k, N, n0, n1);
        s->adds = 1;
    } while (!last);
}

static void run_block(segment *s, row_block block, nn_panels panels, size_t taps, size_t k, size_t N, size_t n0,
                      size_t n1) {
    // A small block of A stays in the cache by itself: finish panel after panel, which reads B as one stream.
    // A large one is kept there segment by segment.
    if (block.count * taps * k > CACHED_FLOATS) {
        run_segments(s, block, panels, taps, k, N, n0, n1);
        return;
    }
    const size_t columns = block.count > TILE_ROWS    ? STRIP_COLUMNS
                           : block.count > THIN_ROWS ? NN_PANEL_COLUMNS
                                                     : thin_panels[block.count] * NN_PANEL_COLUMNS;
    for (size_t n = n0; n < n1; n += columns)
        run_segments(s, block, panels, taps, k, N, n, n1 - n < columns ? n1 : n + columns);
}

/// A product that is one row of tiles high, a panel wide and a segment deep: there is nothing to plan.
static void small_product(const float *a, size_t lda, nn_panels panels, size_t M, size_t K, size_t N, size_t n0,
                          size_t n1, float *c, size_t ldc, const nn_epilogue *epilogue) {
    const float *rows[TILE_ROWS];
    for (size_t r = 0; r < M; r++) rows[r] = a + r * lda;
    segment s = {.row_step = 1, .tap1 = 1, .k1 = K, .c = c, .ldc = ldc, .adds = epilogue->accumulate, .finishes = 1, .epilogue = epilogue};
    const strip b = {panels, 0, K, N, n0, n1};
    run_tiles(&s, rows, M, 0, &b);
}

static void matmul(const float *a, size_t lda, nn_panels panels, size_t M, size_t K, size_t N, size_t n0, size_t n1,
                   float *c, size_t ldc, const nn_epilogue *epilogue) {
    if (M <= TILE_ROWS && M > 0 && K <= SEGMENT && n1 - n0 <= NN_PANEL_COLUMNS && n1 > n0)
        return small_product(a, lda, panels, M, K, N, n0, n1, c, ldc, epilogue);
    segment s = {.row_step = 1, .c = c, .ldc = ldc, .epilogue = epilogue};
    for (size_t m = 0; m < M; m += BLOCK_ROWS) {
        const float *rows[BLOCK_ROWS];
        row_block block = {rows, m, M - m < BLOCK_ROWS ? M - m : BLOCK_ROWS};
        for (size_t r = 0; r < block.count; r++) rows[r] = a + (m + r) * lda;
        run_block(&s, block, panels, 1, K, N, n0, n1);
    }
}

static void conv_taps(const float *const *rows, size_t offset, const float *zero, nn_panels panels, size_t M,
                      size_t taps, size_t k, size_t N, size_t n0, size_t n1, float *c, size_t ldc,
                      const nn_epilogue *epilogue) {
    segment s = {.row_step = taps, .offset = offset, .zero = zero, .c = c, .ldc = ldc, .epilogue = epilogue};
    for (size_t m = 0; m < M; m += BLOCK_ROWS) {
        row_block block = {rows + m * taps, m, M - m < BLOCK_ROWS ? M - m : BLOCK_ROWS};
        run_block(&s, block, panels, taps, k, N, n0, n1);
    }
}
