// The elementwise part of LSTM and GRU steps with Keras' default activations, and a whole LSTM step for one row.

/// From the gates' sums to the state, `c` in and out.
LEAF vf lstm_state(vf input, vf forget, vf candidate, vf output, vf *c) {
    *c = fma_(vf_sigmoid(forget), *c, vf_sigmoid(input) * vf_tanh(candidate));
    return vf_sigmoid(output) * vf_tanh(*c);
}

static void lstm_cell(const float *z, float *c, float *h, size_t units) {
    for (size_t i = 0; i < units; i += VL) {
        const vmask mask = lanes_left(units - i);
        vf cell = load_first(c + i, mask);
        const vf state = lstm_state(load_first(z + i, mask), load_first(z + units + i, mask), load_first(z + 2 * units + i, mask),
                                    load_first(z + 3 * units + i, mask), &cell);
        store_first(c + i, mask, cell);
        store_first(h + i, mask, state);
    }
}

/// The columns of all four gates for one tile's width of units, from unit `u` on. Sums are cut into segments as those of `matmul`.
LEAF void lstm_units(const nn_number NUMBER, const float *h, const char *R, const float *x, float *c, float *next, size_t units,
                     size_t u) {
    enum { V = TILE_VECTORS };
    const size_t bytes = bytes_of(NUMBER), gate = units * units * bytes;
    vf sum[4][V];
    UNROLL for (int g = 0; g < 4; g++) UNROLL for (int v = 0; v < V; v++) sum[g][v] = load(x + g * units + u + v * VL);
    const char *b = R + (u / NN_PANEL_COLUMNS * NN_PANEL_COLUMNS * units + u % NN_PANEL_COLUMNS) * bytes;
    for (size_t k = 0; k < units;) {
        const size_t end = units - k < SEGMENT ? units : k + SEGMENT;
        vf acc[4][V];
        UNROLL for (int g = 0; g < 4; g++) UNROLL for (int v = 0; v < V; v++) acc[g][v] = (vf)0.0f;
        _Pragma("clang loop unroll(disable)") for (; k < end; k++) {
            const vf factor = splat(h[k]);
            UNROLL for (int g = 0; g < 4; g++) UNROLL for (int v = 0; v < V; v++)
                acc[g][v] = fma_(factor, load_weights(NUMBER, b + g * gate + v * VL * bytes), acc[g][v]);
            b += NN_PANEL_COLUMNS * bytes;
        }
        UNROLL for (int g = 0; g < 4; g++) UNROLL for (int v = 0; v < V; v++) sum[g][v] += acc[g][v];
    }
    UNROLL for (int v = 0; v < V; v++) {
        vf cell = load(c + u + v * VL);
        store(next + u + v * VL, lstm_state(sum[0][v], sum[1][v], sum[2][v], sum[3][v], &cell));
        store(c + u + v * VL, cell);
    }
}

static void lstm_step(const float *h, nn_panels R, const float *x, float *c, float *next, size_t units, size_t u0, size_t u1) {
    const char *weights = R.elements;
    for (size_t u = u0; u < u1; u += PIECE_COLUMNS) switch (R.number) {
        case NN_FLOAT16: lstm_units(NN_FLOAT16, h, weights, x, c, next, units, u); break;
        case NN_BFLOAT16: lstm_units(NN_BFLOAT16, h, weights, x, c, next, units, u); break;
        case NN_INT8: lstm_units(NN_INT8, h, weights, x, c, next, units, u); break;
        default: lstm_units(NN_FLOAT32, h, weights, x, c, next, units, u);
        }
}

LEAF vf gru_blend(vf z, vf h, vf candidate) { return fma_(z, h, (1.0f - z) * candidate); }

static void gru_cell_reset_after(const float *x, const float *r, float *h, size_t units) {
    for (size_t i = 0; i < units; i += VL) {
        const vmask mask = lanes_left(units - i);
        const size_t j = units + i, k = 2 * units + i;
        const vf update = vf_sigmoid(load_first(x + i, mask) + load_first(r + i, mask));
        const vf reset = vf_sigmoid(load_first(x + j, mask) + load_first(r + j, mask));
        const vf candidate = vf_tanh(fma_(reset, load_first(r + k, mask), load_first(x + k, mask)));
        store_first(h + i, mask, gru_blend(update, load_first(h + i, mask), candidate));
    }
}

static void gru_gates(const float *x, const float *h, float *z, float *rh, size_t units) {
    for (size_t i = 0; i < units; i += VL) {
        const vmask mask = lanes_left(units - i);
        store_first(z + i, mask, vf_sigmoid(load_first(x + i, mask)));
        store_first(rh + i, mask, vf_sigmoid(load_first(x + units + i, mask)) * load_first(h + i, mask));
    }
}

static void gru_update(const float *x, const float *z, float *h, size_t units) {
    for (size_t i = 0; i < units; i += VL) {
        const vmask mask = lanes_left(units - i);
        const vf candidate = vf_tanh(load_first(x + i, mask));
        store_first(h + i, mask, gru_blend(load_first(z + i, mask), load_first(h + i, mask), candidate));
    }
}
