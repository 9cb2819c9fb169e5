// Functions of two arrays, and of an array and one number per channel.

#define BINARY(name, expression)                                                                                       \
    LEAF vf vf_##name(vf a, vf b) { return expression; }                                                               \
    static void binary_##name(const float *a, const float *b, float *y, size_t n) {                                    \
        FOR_EACH_VECTOR(n, store(y + i, vf_##name(load(a + i), load(b + i))),                                          \
                        store_first(y + i, mask, vf_##name(load_first(a + i, mask), load_first(b + i, mask))))         \
    }

BINARY(add, a + b)
BINARY(subtract, a - b)
BINARY(multiply, a *b)
BINARY(divide, a / b)
BINARY(maximum, larger(a, b))
BINARY(minimum, smaller(a, b))

/// The epilogue's scale and shift for the channels of one vector.
typedef struct {
    vf scale, shift, lower, upper;
} vector_epilogue;

LEAF vector_epilogue epilogue_at(const nn_epilogue *e, size_t channel, vmask mask) {
    return (vector_epilogue){
        e->scale ? load_first(e->scale + channel, mask) : (vf)1.0f,
        e->shift ? load_first(e->shift + channel, mask) : (vf)-0.0f,
        splat(e->lower),
        splat(e->upper),
    };
}

LEAF vf finish(vf sum, vector_epilogue e) { return clamp(fma_(sum, e.scale, e.shift), e.lower, e.upper); }

static void scale_shift(const float *x, size_t ldx, float *y, size_t ldy, size_t rows, size_t channels,
                        const nn_epilogue *epilogue) {
    for (size_t r = 0; r < rows; r++, x += ldx, y += ldy) {
        FOR_EACH_VECTOR(channels, store(y + i, finish(load(x + i), epilogue_at(epilogue, i, first(VL)))),
                        store_first(y + i, mask, finish(load_first(x + i, mask), epilogue_at(epilogue, i, mask))))
    }
}

static void prelu(const float *x, float *y, size_t rows, size_t channels, const float *slope) {
    for (size_t r = 0; r < rows; r++, x += channels, y += channels) {
        for (size_t i = 0; i < channels; i += VL) {
            const vmask mask = lanes_left(channels - i);
            const vf v = load_first(x + i, mask);
            store_first(y + i, mask, choose(v > 0.0f, v, v * load_first(slope + i, mask)));
        }
    }
}
