// What the machine can do at most: fused multiply-adds of one core in registers, and bytes per second read from memory.
//   cc -O3 -march=native peak.c -o peak && ./peak
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__AVX512F__)
enum { LANES = 16 };
#elif defined(__AVX__)
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif
typedef float vector __attribute__((vector_size(LANES * 4)));

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

enum { CHAINS = 12 };

/// Floating-point operations per second: twelve chains, so that no operation waits for the one before it.
static double arithmetic(void) {
    vector sum[CHAINS], factor, term;
    for (int lane = 0; lane < LANES; lane++) factor[lane] = 0.999f, term[lane] = 0.001f;
    for (int chain = 0; chain < CHAINS; chain++) sum[chain] = factor;
    const long rounds = 20000000;
    const double start = now();
    for (long round = 0; round < rounds; round++)
        for (int chain = 0; chain < CHAINS; chain++) {
            sum[chain] = sum[chain] * factor + term;
            __asm__ volatile("" : "+v"(sum[chain]));
        }
    const double seconds = now() - start;
    volatile float kept = 0;
    for (int chain = 0; chain < CHAINS; chain++) kept += sum[chain][0];
    return 2.0 * rounds * CHAINS * LANES / seconds;
}

/// Bytes per second of a sum over 256 MiB, the best of five passes.
static double reading(void) {
    const size_t count = (256u << 20) / sizeof(vector);
    vector *data = aligned_alloc(64, count * sizeof(vector));
    if (!data) return 0;
    memset(data, 0, count * sizeof(vector));
    double best = 0;
    for (int pass = 0; pass < 5; pass++) {
        vector sum[8] = {{0}};
        const double start = now();
        for (size_t i = 0; i + 8 <= count; i += 8)
            for (int j = 0; j < 8; j++) sum[j] += data[i + j];
        const double rate = count * sizeof(vector) / (now() - start);
        volatile float kept = 0;
        for (int j = 0; j < 8; j++) kept += sum[j][0];
        if (rate > best) best = rate;
    }
    free(data);
    return best;
}

int main(void) {
    double flops = 0;
    for (int attempt = 0; attempt < 3; attempt++) {
        const double rate = arithmetic();
        if (rate > flops) flops = rate;
    }
    printf("{\"gflops\": %.1f, \"gbytes\": %.1f}\n", flops * 1e-9, reading() * 1e-9);
    return 0;
}
