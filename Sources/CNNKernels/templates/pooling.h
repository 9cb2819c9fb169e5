// Pooling: like depthwise convolution, with maxima or plain sums.

/// The largest over taps for V vectors of channels; `mask` is that of the last.
LEAF void pool_max_block(const int V, const tap_rows *x, size_t m, size_t channel, vmask mask, float *y) {
    vf best[V];
    UNROLL for (int v = 0; v < V; v++) best[v] = splat(-__builtin_inff());
    for (size_t t = 0; t < x->taps; t++) {
        const float *row = tap_row(x, m, t) + channel;
        UNROLL for (int v = 0; v < V; v++)
            best[v] = larger(best[v], v == V - 1 ? load_first(row + v * VL, mask) : load(row + v * VL));
    }
    UNROLL for (int v = 0; v < V; v++) store_first(y + channel + v * VL, v == V - 1 ? mask : first(VL), best[v]);
}

static void pool_max(const float *const *rows, size_t offset, size_t M, size_t taps, size_t channels, float *y,
                     size_t ldy) {
    const tap_rows x = {rows, taps, offset, 0};
    for (size_t m = 0; m < M; m++, y += ldy) {
        size_t i = 0;
        for (; i + 4 * VL <= channels; i += 4 * VL) pool_max_block(4, &x, m, i, first(VL), y);
        for (; i + 2 * VL <= channels; i += 2 * VL) pool_max_block(2, &x, m, i, first(VL), y);
        for (; i < channels; i += VL) pool_max_block(1, &x, m, i, lanes_left(channels - i), y);
    }
}

/// The sum over taps of V vectors, divided. Global pooling has thousands of taps: sums of sums lose less.
LEAF void pool_avg_block(const int V, const tap_rows *x, size_t m, size_t channel, vmask mask, float count, float *y) {
    vf sum[V];
    UNROLL for (int v = 0; v < V; v++) sum[v] = (vf)0.0f;
    for (size_t t = 0; t < x->taps;) {
        const size_t end = x->taps - t < 32 ? x->taps : t + 32;
        vf part[V];
        UNROLL for (int v = 0; v < V; v++) part[v] = (vf)0.0f;
        for (; t < end; t++) {
            const float *row = tap_row(x, m, t) + channel;
            UNROLL for (int v = 0; v < V; v++)
                part[v] += v == V - 1 ? load_first(row + v * VL, mask) : load(row + v * VL);
        }
        UNROLL for (int v = 0; v < V; v++) sum[v] += part[v];
    }
    UNROLL for (int v = 0; v < V; v++)
        store_first(y + channel + v * VL, v == V - 1 ? mask : first(VL), sum[v] / splat(count));
}

static void pool_avg(const float *const *rows, size_t offset, const float *zero, const float *counts, size_t M,
                     size_t taps, size_t channels, float *y, size_t ldy) {
    const tap_rows x = {rows, taps, offset, zero};
    for (size_t m = 0; m < M; m++, y += ldy) {
        size_t i = 0;
        for (; i + 4 * VL <= channels; i += 4 * VL) pool_avg_block(4, &x, m, i, first(VL), counts[m], y);
        for (; i + 2 * VL <= channels; i += 2 * VL) pool_avg_block(2, &x, m, i, first(VL), counts[m], y);
        for (; i < channels; i += VL) pool_avg_block(1, &x, m, i, lanes_left(channels - i), counts[m], y);
    }
}
