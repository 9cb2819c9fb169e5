// The elementwise part of LSTM and GRU steps with Keras' default activations.

static void lstm_cell(const float *z, float *c, float *h, size_t units) {
    for (size_t i = 0; i < units; i += VL) {
        const vmask mask = lanes_left(units - i);
        const vf input = vf_sigmoid(load_first(z + i, mask));
        const vf forget = vf_sigmoid(load_first(z + units + i, mask));
        const vf candidate = vf_tanh(load_first(z + 2 * units + i, mask));
        const vf output = vf_sigmoid(load_first(z + 3 * units + i, mask));
        const vf cell = fma_(forget, load_first(c + i, mask), input * candidate);
        store_first(c + i, mask, cell);
        store_first(h + i, mask, output * vf_tanh(cell));
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
