// How near the leaf kernels come to what one core can do, shape by shape. Least processor time of many calls, so that a busy machine counts
// little.
//   make benchmarks && .build/benchmarks/kernels
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "arithmetic_peak.h"
#include "nnkernels.h"

static const nn_kernels *kernels;
static double peak;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

/// Sets `best` to the least seconds of one of the calls that fit into half a second; short calls are measured several at a time.
#define LEAST(best, work, ...)                                                                                         \
    do {                                                                                                               \
        const int repeats = 1 + (int)(1e7 / (work));                                                                   \
        best = INFINITY;                                                                                               \
        for (const double begin = now(); now() - begin < 0.5;) {                                                       \
            const double start = now();                                                                                \
            for (int i = 0; i < repeats; i++) __VA_ARGS__;                                                             \
            best = fmin(best, (now() - start) / repeats);                                                              \
        }                                                                                                              \
    } while (0)

static float *numbers(size_t count) {
    float *result = malloc(count * sizeof(float));
    if (!result) exit(1);
    for (size_t i = 0; i < count; i++) result[i] = (float)(i % 17) * 0.01f - 0.05f;
    return result;
}

static void report(const char *what, double seconds, double work) {
    printf("%-44s %10.2f us %7.1f GFLOP/s %5.0f %%\n", what, seconds * 1e6, work / seconds * 1e-9, 100 * work / seconds / peak);
}

static void product(size_t M, size_t K, size_t N, nn_number number) {
    static const char *const names[] = {"f32", "f16", "bf16"};
    float *a = numbers(M * K), *b = numbers(K * N), *c = numbers(M * N), *shift = numbers(N);
    const nn_epilogue epilogue = {.shift = shift, .lower = 0, .upper = INFINITY};
    const double work = 2.0 * M * K * N;
    double seconds;
    LEAST(seconds, work, kernels->matmul(a, K, (nn_panels){b, number}, M, K, N, 0, N, c, N, &epilogue));
    char what[64];
    snprintf(what, sizeof what, "product %zu x %zu x %zu, weights %s", M, K, N, names[number]);
    report(what, seconds, work);
    free(a), free(b), free(c), free(shift);
}

/// 3 x 3 with "same" padding; `filters` 0 for a depthwise one.
static void convolution(size_t size, size_t channels, size_t filters) {
    enum { TAPS = 9 };
    const size_t positions = size * size, outputs = filters ? filters : channels;
    float *x = numbers(positions * channels), *b = numbers(TAPS * channels * (filters ? filters : 1)), *y = numbers(positions * outputs);
    float *zero = calloc(channels, sizeof(float)), *shift = numbers(outputs);
    const float **rows = malloc(positions * TAPS * sizeof *rows);
    if (!rows || !zero) exit(1);
    for (size_t place = 0; place < positions; place++)
        for (size_t tap = 0; tap < TAPS; tap++) {
            const size_t line = place / size + tap / 3, column = place % size + tap % 3;
            const int inside = line >= 1 && line <= size && column >= 1 && column <= size;
            rows[place * TAPS + tap] = inside ? x + ((line - 1) * size + column - 1) * channels : zero;
        }
    const nn_epilogue epilogue = {.shift = shift, .lower = 0, .upper = INFINITY};
    const double work = 2.0 * positions * TAPS * channels * (filters ? filters : 1);
    double seconds;
    if (filters)
        LEAST(seconds, work, kernels->conv_taps(rows, 0, zero, (nn_panels){b, NN_FLOAT32}, positions, TAPS, channels, filters, 0,
                                                filters, y, filters, &epilogue));
    else LEAST(seconds, work, kernels->depthwise(rows, 0, zero, b, positions, TAPS, channels, y, channels, &epilogue));
    char what[64];
    snprintf(what, sizeof what, "%s %zu x %zu, %zu channels", filters ? "convolution" : "depthwise", size, size, channels);
    report(what, seconds, work);
    if (filters) {
        for (size_t tile = 2; tile <= 4; tile += 2) {
            enum { BLOCK = 24 };
            const nn_winograd w = {tile, size, size, channels, size, size, filters, 1, 1};
            const size_t across = (size + tile - 1) / tile;
            float *weights = numbers(nn_winograd_weights_count(tile, channels, filters));
            float *scratch = numbers(nn_winograd_scratch_count(tile, channels, filters, BLOCK));
            LEAST(seconds, work, kernels->winograd(&w, x, zero, weights, 0, across * across, 0, filters, scratch, BLOCK, y, &epilogue));
            report(tile == 2 ? "  in tiles of 2" : "  in tiles of 4", seconds, work);
            free(weights), free(scratch);
        }
    } else {
        const nn_lines lines = {size, size, channels, size, 3, 1, 1, 1, 1, 1};
        LEAST(seconds, work, kernels->depthwise_lines(&lines, x, b, 0, positions, y, channels, &epilogue));
        report("  line by line", seconds, work);
    }
    free(x), free(b), free(y), free(zero), free(shift), free(rows);
}

int main(void) {
    kernels = nn_kernels_for(nn_best_isa());
    peak = arithmetic_peak(now);
    printf("one core: %.1f GFLOP/s\n", peak * 1e-9);
    static const size_t products[][3] = {{32, 4096, 4096}, {96, 512, 512}, {784, 256, 256}, {196, 512, 512}, {49, 1024, 1024},
                                         {1, 4096, 4096}, {1, 1024, 4096}, {1, 128, 512}, {1, 400, 25}};
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++)
        for (nn_number number = NN_FLOAT32; number <= NN_BFLOAT16; number++)
            product(products[i][0], products[i][1], products[i][2], number);
    static const size_t convolutions[][3] = {{32, 64, 64}, {16, 128, 128}, {8, 256, 256}, {4, 512, 512}, {112, 32, 0}, {28, 256, 0}};
    for (size_t i = 0; i < sizeof convolutions / sizeof convolutions[0]; i++)
        convolution(convolutions[i][0], convolutions[i][1], convolutions[i][2]);
    return 0;
}
