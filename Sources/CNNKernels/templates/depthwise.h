// Depthwise convolution: channels side by side in vectors, taps through row pointers.

enum { PIXELS = 4 };

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
