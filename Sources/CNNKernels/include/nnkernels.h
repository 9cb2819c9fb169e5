#ifndef NNKERNELS_H
#define NNKERNELS_H

// Leaf loops of the inference library: float32, one table of functions per instruction set.
//
// Every kernel is a pure function of its arguments: no allocation, no threads, no global state, no libc.
// Counts are in elements, never bytes, unless said otherwise; a count of zero is allowed and does nothing.
// Pointers need only the natural alignment of `float`. No kernel reads or writes outside the shapes it states,
// so a buffer may end at the end of a mapped file.
//
// Same bits for any split: for one instruction set the value of an output element depends only on the numbers
// that enter it, not on the row or column range of the call, on its neighbours, or on the number of rows.
// AVX2, AVX-512 and NEON give the same bits as each other; the baseline rounds products before it adds them.
//
// NaN goes in, NaN comes out, also through maxima and clamps.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

typedef enum {
    NN_ISA_BASELINE = 0,  // portable C, four lanes (SSE2 on x86-64)
    NN_ISA_AVX2 = 1,      // AVX2 and FMA
    NN_ISA_AVX512 = 2,    // AVX-512 F, VL, DQ and BW
    NN_ISA_NEON = 3,      // AArch64 with CRC instructions
    NN_ISA_AVX512VNNI = 4,  // AVX-512 with VNNI and VBMI
} nn_isa;

/// Columns of a full weight panel. A matrix B[K,N] is stored as ceil(N/32) panels one after the other; panel p holds
/// columns 32p ..< 32p+w, w = min(32, N-32p), as [K][w]. There is no padding: the matrix has exactly K*N floats.
enum { NN_PANEL_COLUMNS = 32 };

/// How the numbers of a matrix are stored; they are widened to float32, which is exact, as they are read.
typedef enum {
    NN_FLOAT32 = 0,
    NN_FLOAT16 = 1,   // IEEE 754 binary16
    NN_BFLOAT16 = 2,  // the upper half of a float32
    NN_INT8 = 3,
} nn_number;
enum { NN_NUMBERS = 4 };

/// A matrix in panels. Its elements need only their natural alignment.
typedef struct {
    const void *elements;
    nn_number number;
} nn_panels;

/// What happens to a finished sum: `min(max(sum * scale[n] + shift[n], lower), upper)`.
typedef struct {
    const float *_Nullable scale;  // [N], null for 1
    const float *_Nullable shift;  // [N], null for 0
    float lower;                   // -INFINITY for none, 0 for ReLU
    float upper;                   // +INFINITY for none, 6 for ReLU6
    int accumulate;                // nonzero: the sum starts from what C holds
} nn_epilogue;

/// Windows of `taps` lines by 3 columns in an image.
typedef struct {
    size_t height, width, channels;
    size_t result_width;
    size_t taps, dilation, stride;  // of lines
    size_t column_stride;           // 1 or 2
    size_t above, left;             // padding before the first line and column
} nn_lines;

/// A convolution with a 3 x 3 window, stride 1 and no dilation, that is computed in square tiles of results by Winograd's method.
typedef struct {
    size_t tile;  // results along each side of a tile: 2 or 4
    size_t height, width, channels;
    size_t result_height, result_width, filters;
    size_t above, left;  // padding before the first row and column: 0 or more
} nn_winograd;

/// Floats between what belongs to two points: a power of two apart, they would drive each other out of the caches.
enum { NN_WINOGRAD_GAP = 16 };

/// Pairs of points; floats of the weights; floats of scratch memory for blocks of so many tiles.
static inline size_t nn_winograd_points(size_t tile) { return (tile + 2) * (tile + 2); }
static inline size_t nn_winograd_weights_count(size_t tile, size_t channels, size_t filters) {
    return nn_winograd_points(tile) * (channels * filters + NN_WINOGRAD_GAP);
}
static inline size_t nn_winograd_scratch_count(size_t tile, size_t channels, size_t filters, size_t block) {
    return nn_winograd_points(tile) * (block * (channels + filters) + 2 * NN_WINOGRAD_GAP);
}
/// C[m, n0 ..< n1] = epilogue(factor[m] * sum over t, i of rows[m][t][i] * B[t * k + i, n]) for m < M, with quantised rows and int8
/// weights. The sum is exact: taps * k is at most 2^16.
typedef struct {
    /// [M][taps], each a quantised row of k numbers with `slack` readable ones behind it.
    const void *_Nonnull const *_Nonnull rows;
    size_t M, taps, k;
    const int8_t *panels;                  // of [taps * k, N]
    const int8_t *_Nullable last_panel;    // its last N % 32 columns as [taps * k][32], zeros behind them; null if there are none
    const int32_t *_Nullable offsets;      // [N rounded up to whole panels], of `nn_int8_offsets`; null if `input_offset` is zero
    const float *factors;                  // row m has factors[m * factor_step]
    size_t factor_step;
    size_t N, n0, n1;                      // as in `matmul`
    float *c;
    size_t ldc;
    const nn_epilogue *epilogue;           // `accumulate` is not used
} nn_int8_product;

/// Kernels for int8 weights with inputs that are quantised, too. How a quantised number is kept differs between instruction sets; the
/// results are the same wherever products are fused with sums.
typedef struct __attribute__((swift_attr("@Sendable"))) {
    size_t input_bytes;    // of a quantised number
    int32_t input_offset;  // added to each of them
    size_t slack;          // numbers behind a row that may be read
    /// y[i] = x[i] * factor as a whole number from -127 to 127, ties to even, i < n. NaN becomes some number.
    void (*quantize)(const float *x, void *y, size_t n, float factor);
    void (*product)(const nn_int8_product *product);
} nn_int8_kernels;

/// y[i] = f(x[i]), i < n. x == y is allowed, other overlap is not.
typedef void (*nn_unary)(const float *x, float *y, size_t n);

/// y[i] = f(a[i], b[i]), i < n. y may be a or b, other overlap is not allowed.
typedef void (*nn_binary)(const float *a, const float *b, float *y, size_t n);

typedef void (*nn_matmul)(const float *a, size_t lda, nn_panels panels, size_t M, size_t K, size_t N, size_t n0, size_t n1,
                          float *c, size_t ldc, const nn_epilogue *epilogue);

typedef struct __attribute__((swift_attr("@Sendable"))) {
    nn_isa isa;

    // ---- Products -------------------------------------------------------------------------------------------------

    /// C[m, n0 ..< n1] = epilogue(sum over k of A[m,k] * B[k,n]) for m < M.
    /// A is [M][lda], B panels of [K,N], C is [M][ldc] and given from its column 0. n0 is a multiple of 32; n1 is one
    /// too, or N. C overlaps neither A nor B.
    nn_matmul matmul;

    /// Convolution without im2col: like `matmul`, but row m of A is the concatenation of `taps` rows of k floats.
    /// `rows` is [M][taps]; every pointer except `zero` is moved by `offset` floats before use (image of a batch,
    /// channel group), so one table of pointers serves a whole batch. `zero` is the row used for padding: k floats.
    /// B is panels of [taps*k, N], its rows in the order (tap, k).
    void (*conv_taps)(const float *_Nonnull const *_Nonnull rows, size_t offset, const float *_Nullable zero,
                      nn_panels panels, size_t M, size_t taps, size_t k, size_t N, size_t n0, size_t n1, float *c,
                      size_t ldc, const nn_epilogue *epilogue);

    /// y[m, ch] = epilogue(sum over t of rows[m][t][ch] * weights[t][ch]) for m < M, ch < channels.
    /// `rows` is [M][taps] with `offset` and `zero` as in `conv_taps`, weights are [taps][channels], y is [M][ldy].
    void (*depthwise)(const float *_Nonnull const *_Nonnull rows, size_t offset, const float *_Nullable zero,
                      const float *weights, size_t M, size_t taps, size_t channels, float *y, size_t ldy,
                      const nn_epilogue *epilogue);

    /// The same for results m0 ..< m1 of an image, line by line, whose windows are three columns wide: what neighbouring windows share is
    /// read once. Taps outside of the image are left out. y is [m1 - m0][ldy].
    void (*depthwise_lines)(const nn_lines *w, const float *image, const float *weights, size_t m0, size_t m1, float *y, size_t ldy,
                            const nn_epilogue *epilogue);

    /// The weights of `winograd` from a float32 kernel, panels of [9 * channels, filters]: a matrix [channels, filters] in panels for each
    /// pair of points.
    void (*winograd_weights)(size_t tile, const float *panels, size_t channels, size_t filters, float *weights);

    /// The results, columns [n0, n1) as in `matmul`, of tiles t0 ..< t1: those of an image row by row, image after image. `images` and
    /// `results` are given from the first image; `zero` is a pixel used for padding. `scratch` holds blocks of `block` tiles, at least one.
    /// The error is that of the direct sums for tiles of 2 and several times that for 4. A number that is not finite, or very large,
    /// takes its whole tile with it.
    void (*winograd)(const nn_winograd *w, const float *images, const float *zero, const float *weights, size_t t0, size_t t1, size_t n0,
                     size_t n1, float *scratch, size_t block, float *results, const nn_epilogue *epilogue);
    const nn_int8_kernels *int8;

    // ---- Functions of one number ----------------------------------------------------------------------------------

    // Errors are in units in the last place of the result, measured over every hundredth float. Results of at most 1
    // are within 1.5e-7 of the truth. Infinities give limits.

    nn_unary exp;           // 1.1, denormal results included
    nn_unary log;           // 0.9; -inf at 0, NaN below
    nn_unary tanh;          // 2.5
    nn_unary sigmoid;       // 2.3, also far out on the negative side
    nn_unary silu;          // 3.1 or 1e-43; x * sigmoid(x), -0 at -inf
    nn_unary gelu;          // 9; x * Phi(x), the exact form, -0 at -inf
    nn_unary gelu_tanh;     // Keras' approximate=True
    nn_unary softplus;      // 1.7; ln(1 + e^x)
    nn_unary log_sigmoid;   // 1.7; -softplus(-x)
    nn_unary softsign;      // 1.5; x / (1 + |x|)
    nn_unary mish;          // 5 or 1e-43; x * tanh(softplus(x)), -0 at -inf
    nn_unary selu;          // 2.3
    nn_unary square_root;
    nn_unary reciprocal_square_root;  // 1.5; 1 / sqrt(x)

    /// x if x > 0, else alpha * (e^x - 1).
    void (*elu)(const float *x, float *y, size_t n, float alpha);
    /// `upper` if x >= upper, x if x > threshold, else slope * (x - threshold). Keras' ReLU; `upper` may be +inf.
    void (*relu)(const float *x, float *y, size_t n, float upper, float slope, float threshold);
    /// min(max(slope * x + shift, lower), upper). Linear, hard sigmoid, hard tanh, clip.
    void (*clamped_line)(const float *x, float *y, size_t n, float slope, float shift, float lower, float upper);
    /// x * min(max(slope * x + shift, 0), 1). Hard SiLU.
    void (*hard_silu)(const float *x, float *y, size_t n, float slope, float shift);

    // ---- Elementwise ----------------------------------------------------------------------------------------------

    nn_binary add;
    nn_binary subtract;
    nn_binary multiply;
    nn_binary divide;
    nn_binary maximum;
    nn_binary minimum;
    /// y[r, ch] = min(max(x[r, ch] * scale[ch] + shift[ch], lower), upper), x is [rows][ldx], y is [rows][ldy]. x == y is
    /// allowed. `accumulate` of the epilogue is not used.
    void (*scale_shift)(const float *x, size_t ldx, float *y, size_t ldy, size_t rows, size_t channels,
                        const nn_epilogue *epilogue);
    /// PReLU: y = x > 0 ? x : slope[ch] * x over [rows][channels], dense. x == y is allowed.
    void (*prelu)(const float *x, float *y, size_t rows, size_t channels, const float *slope);

    // ---- Rows -----------------------------------------------------------------------------------------------------

    /// Softmax of each of `rows` rows of n contiguous floats. x == y is allowed.
    void (*softmax_rows)(const float *x, float *y, size_t rows, size_t n);
    void (*log_softmax_rows)(const float *x, float *y, size_t rows, size_t n);
    /// Largest element; -inf for n = 0.
    float (*max_row)(const float *x, size_t n);
    /// Largest magnitude; NaN if there is one, 0 for n = 0.
    float (*largest_magnitude)(const float *x, size_t n);
    float (*sum_row)(const float *x, size_t n);
    float (*dot_row)(const float *a, const float *b, size_t n);
    /// Sum of (x[i] - mean)^2.
    float (*square_deviation_row)(const float *x, size_t n, float mean);

    // ---- Recurrent cells, tanh and sigmoid ------------------------------------------------------------------------

    /// z is [4][units], gates i, f, c, o before their activation (input, recurrent and bias parts summed).
    /// c = sigmoid(zf) * c + sigmoid(zi) * tanh(zc); h = sigmoid(zo) * tanh(c). c and h are [units]; h is only written.
    void (*lstm_cell)(const float *z, float *c, float *h, size_t units);
    /// A whole step for one row: the same as adding h * R to x with `matmul`, then `lstm_cell`, with all sums in registers. Only for the
    /// units [u0, u1), both multiples of 32. R is [units, 4 * units], x is [4][units] with its bias, h, c and next are [units]; h is read
    /// whole, so next, the state afterwards, does not overlap it.
    void (*lstm_step)(const float *h, nn_panels R, const float *x, float *c, float *next, size_t units, size_t u0, size_t u1);
    /// Keras' reset_after = true. x = input part with its bias, r = recurrent part with its bias, both [3][units] in the
    /// order z, r, h. h is [units], state in and out.
    void (*gru_cell_reset_after)(const float *x, const float *r, float *h, size_t units);
    /// Keras' reset_after = false, first half. x is [2 or 3][units] in the order z, r(, h), recurrent parts included.
    /// z = sigmoid(x[0]); rh = sigmoid(x[1]) * h. The caller then adds rh * R_h to x[2].
    void (*gru_gates)(const float *x, const float *h, float *z, float *rh, size_t units);
    /// Second half: h = z * h + (1 - z) * tanh(x), all [units].
    void (*gru_update)(const float *x, const float *z, float *h, size_t units);

    // ---- Pooling --------------------------------------------------------------------------------------------------

    /// y[m, ch] = largest rows[m][t][ch], t < taps. Rows as in `conv_taps`, without a padding row: repeat a real one.
    void (*pool_max)(const float *_Nonnull const *_Nonnull rows, size_t offset, size_t M, size_t taps, size_t channels, float *y,
                     size_t ldy);
    /// y[m, ch] = (sum over t of rows[m][t][ch]) / counts[m]; `zero` rows add nothing. counts is [M].
    void (*pool_avg)(const float *_Nonnull const *_Nonnull rows, size_t offset, const float *_Nullable zero,
                     const float *counts, size_t M, size_t taps, size_t channels, float *y, size_t ldy);

    // ---- Bytes ----------------------------------------------------------------------------------------------------

    /// CRC-32C (Castagnoli) of n bytes, continuing `crc`; start with 0. crc32c(crc32c(0, a), b) = crc32c(0, ab).
    uint32_t (*crc32c)(uint32_t crc, const void *_Nullable bytes, size_t n);
} nn_kernels;

/// The widest instruction set of this processor that the operating system lets us use.
nn_isa nn_best_isa(void);
int nn_isa_supported(nn_isa isa);
/// The table of `isa`; the baseline's if this build has no such table. Calling a table's functions on a processor
/// that does not support it is undefined.
const nn_kernels *nn_kernels_for(nn_isa isa);

/// Tells the processor that this thread waits awake.
static inline void nn_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/// Panels of the column range [n0, n1) (as in `matmul`) of a row-major matrix [K][N] whose rows are `row_stride`
/// elements apart. `matrix` is given from its column 0, `panels` from panel n0/32. Elements have 1, 2, 4 or 8 bytes.
/// Runs at memory speed; source and destination do not overlap.
void nn_pack_panels(const void *matrix, size_t row_stride, void *panels, size_t K, size_t N, size_t n0, size_t n1,
                    size_t element_bytes);
/// The inverse of `nn_pack_panels`.
void nn_unpack_panels(const void *panels, void *matrix, size_t row_stride, size_t K, size_t N, size_t n0, size_t n1,
                      size_t element_bytes);

/// What `input_offset` adds to the sums of each column of the panels of [K,N]; `offsets` is [N rounded up to whole panels].
void nn_int8_offsets(const int8_t *panels, size_t K, size_t N, int32_t input_offset, int32_t *offsets);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
