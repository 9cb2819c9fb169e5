// Depthwise convolution: channels side by side in vectors, taps through row pointers.

enum { PIXELS = 4 };

/// Neighbouring results of a line, and vectors of channels, that are summed up at a time: with the weights and a number they fill 15 registers.
enum { RUN = 4, RUN_VECTORS = 2 };

typedef struct {
    const float *const *rows;  // [M][taps]
    size_t taps, offset;
    const float *zero;
} tap_rows;

LEAF const float *tap_row(const tap_rows *x, size_t m, size_t t) {
    return row_pointer(x->rows[m * x->taps + t], x->offset, x->zero);
}

/// P pixels from m, V vectors of channels from `channel`; `mask` is that of the last vector.
LEAF void depthwise_block(const int P, const int V, const tap_rows *x, const float *weights, size_t channels, size_t m,
                          size_t channel, vmask mask, float *y, size_t ldy, const nn_epilogue *epilogue) {
    vf acc[P][V];
    UNROLL for (int p = 0; p < P; p++) UNROLL for (int v = 0; v < V; v++) acc[p][v] = (vf)0.0f;
    const float *w = weights + channel;
    for (size_t t = 0; t < x->taps; t++, w += channels) {
        vf factor[V];
        UNROLL for (int v = 0; v < V; v++) factor[v] = v == V - 1 ? load_first(w + v * VL, mask) : load(w + v * VL);
        UNROLL for (int p = 0; p < P; p++) {
            const float *row = tap_row(x, m + (size_t)p, t) + channel;
            UNROLL for (int v = 0; v < V; v++)
                acc[p][v] = fma_(v == V - 1 ? load_first(row + v * VL, mask) : load(row + v * VL), factor[v], acc[p][v]);
        }
    }
    UNROLL for (int v = 0; v < V; v++) {
        const vmask lanes = v == V - 1 ? mask : first(VL);
        const vector_epilogue e = epilogue_at(epilogue, channel + v * VL, lanes);
        UNROLL for (int p = 0; p < P; p++)
            store_first(y + (m + (size_t)p) * ldy + channel + v * VL, lanes, finish(acc[p][v], e));
    }
}

static void depthwise(const float *const *rows, size_t offset, const float *zero, const float *weights, size_t M,
                      size_t taps, size_t channels, float *y, size_t ldy, const nn_epilogue *epilogue) {
    const tap_rows x = {rows, taps, offset, zero};
    size_t m = 0;
    for (; m + PIXELS <= M; m += PIXELS) {
        size_t i = 0;
#if REGISTERS >= 32
        for (; i + 4 * VL <= channels; i += 4 * VL)
            depthwise_block(PIXELS, 4, &x, weights, channels, m, i, first(VL), y, ldy, epilogue);
#endif
        for (; i + 2 * VL <= channels; i += 2 * VL)
            depthwise_block(PIXELS, 2, &x, weights, channels, m, i, first(VL), y, ldy, epilogue);
        for (; i < channels; i += VL)
            depthwise_block(PIXELS, 1, &x, weights, channels, m, i, lanes_left(channels - i), y, ldy, epilogue);
    }
    for (; m < M; m++)
        for (size_t i = 0; i < channels; i += VL)
            depthwise_block(1, 1, &x, weights, channels, m, i, lanes_left(channels - i), y, ldy, epilogue);
}

// ---- Lines of an image, windows three columns wide ---------------------------------------------------------------------

/// Where the windows of a run of neighbouring results lie: the lines that are in the image, and of the columns the same.
typedef struct {
    size_t count, lines[3], taps[3];  // of each line the offset of the first column, which may be outside, and the tap's weights
    size_t first, end;                // columns from `first` to `end` are in the image
} run_window;

/// P results of a line: what their windows share is loaded once. CUT: some columns are outside, and left out.
LEAF void depthwise_run(const int P, const int V, const int STRIDE, const int CUT, const run_window *r, const float *image,
                        const float *weights, size_t channels, size_t channel, vmask mask, float *y, size_t ldy,
                        const nn_epilogue *epilogue) {
    vf acc[P][V];
    UNROLL for (int p = 0; p < P; p++) UNROLL for (int v = 0; v < V; v++) acc[p][v] = (vf)0.0f;
    for (size_t i = 0; i < r->count; i++) {
        const float *w = weights + r->taps[i] + channel;
        vf factor[3][V];
        UNROLL for (int t = 0; t < 3; t++, w += channels)
            UNROLL for (int v = 0; v < V; v++) factor[t][v] = v == V - 1 ? load_first(w + v * VL, mask) : load(w + v * VL);
        size_t at = r->lines[i] + channel;
        UNROLL for (int c = 0; c < (P - 1) * STRIDE + 3; c++, at += channels) {
            if (CUT && ((size_t)c < r->first || (size_t)c >= r->end)) continue;
            UNROLL for (int v = 0; v < V; v++) {
                const vf x = v == V - 1 ? load_first(image + at + v * VL, mask) : load(image + at + v * VL);
                UNROLL for (int p = 0; p < P; p++) {
                    const int t = c - p * STRIDE;
                    if (t >= 0 && t < 3) acc[p][v] = fma_(x, factor[t][v], acc[p][v]);
                }
            }
        }
    }
    UNROLL for (int v = 0; v < V; v++) {
        const vmask lanes = v == V - 1 ? mask : first(VL);
        const vector_epilogue e = epilogue_at(epilogue, channel + v * VL, lanes);
        float *to = y + channel + v * VL;
        UNROLL for (int p = 0; p < P; p++, to += ldy) store_first(to, lanes, finish(acc[p][v], e));
    }
}

/// The same for all channels.
LEAF void depthwise_runs(const int P, const int STRIDE, const int CUT, const run_window *r, const float *image, const float *weights,
                         size_t channels, float *y, size_t ldy, const nn_epilogue *epilogue) {
    size_t i = 0;
    for (; i + RUN_VECTORS * VL <= channels; i += RUN_VECTORS * VL)
        depthwise_run(P, RUN_VECTORS, STRIDE, CUT, r, image, weights, channels, i, first(VL), y, ldy, epilogue);
    for (; i < channels; i += VL)
        depthwise_run(P, 1, STRIDE, CUT, r, image, weights, channels, i, lanes_left(channels - i), y, ldy, epilogue);
}

LEAF void depthwise_lines_of(const int STRIDE, const nn_lines w, const float *image, const float *weights, size_t m0, size_t m1, float *y,
                             size_t ldy, const nn_epilogue epilogue) {
    for (size_t m = m0; m < m1;) {
        const size_t line = m / w.result_width, column = m % w.result_width, rest = w.result_width - column;
        const size_t count = m1 - m < rest ? m1 - m : rest;
        float *to = y + (m - m0) * ldy;
        for (size_t done = 0; done < count;) {
            // A last run of fewer results begins earlier and finds the same numbers again.
            if (count >= RUN && count - done < RUN) done = count - RUN;
            const size_t results = count >= RUN ? RUN : 1, columns = (results - 1) * STRIDE + 3, x = (column + done) * STRIDE;
            run_window r = {.first = x < w.left ? w.left - x : 0, .end = columns};
            if (x + columns > w.left + w.width) r.end = w.left + w.width > x ? w.left + w.width - x : 0;
            for (size_t tap = 0; tap < w.taps; tap++) {
                // Above the image this wraps around, as do columns to the left of it.
                const size_t at = line * w.stride + tap * w.dilation - w.above;
                if (at >= w.height) continue;
                r.lines[r.count] = (at * w.width + x - w.left) * w.channels;
                r.taps[r.count++] = tap * 3 * w.channels;
            }
            float *at = to + done * ldy;
            if (results == 1) depthwise_runs(1, STRIDE, 1, &r, image, weights, w.channels, at, ldy, &epilogue);
            else if (r.first > 0 || r.end < columns) depthwise_runs(RUN, STRIDE, 1, &r, image, weights, w.channels, at, ldy, &epilogue);
            else depthwise_runs(RUN, STRIDE, 0, &r, image, weights, w.channels, at, ldy, &epilogue);
            done += results;
        }
        m += count;
    }
}

static void depthwise_lines(const nn_lines *w, const float *image, const float *weights, size_t m0, size_t m1, float *y, size_t ldy,
                            const nn_epilogue *epilogue) {
    if (w->column_stride == 1) depthwise_lines_of(1, *w, image, weights, m0, m1, y, ldy, *epilogue);
    else depthwise_lines_of(2, *w, image, weights, m0, m1, y, ldy, *epilogue);
}
