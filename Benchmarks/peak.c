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

// Twelve chains, so that no operation waits for the one before it; each a variable of its own, so that all stay in registers.
#define CHAINS(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)
enum { COUNT = 12 };

/// Floating-point operations per second.
static double arithmetic(void) {
    vector factor, term;
    for (int lane = 0; lane < LANES; lane++) factor[lane] = 0.999f, term[lane] = 0.001f;
#define BEGIN(n) vector sum##n = factor;
#define ADD(n) sum##n = sum##n * factor + term;
#define KEEP(n) __asm__ volatile("" : "+x"(sum##n));
#define TAKE(n) kept += sum##n[0];
    CHAINS(BEGIN)
    double best = 0;
    for (int pass = 0; pass < 5; pass++) {
        const long rounds = 4000000;
        const double start = now();
        for (long round = 0; round < rounds; round++) {
            CHAINS(ADD)
            CHAINS(KEEP)
        }
        const double rate = 2.0 * rounds * COUNT * LANES / (now() - start);
        if (rate > best) best = rate;
    }
    volatile float kept = 0;
    CHAINS(TAKE)
    return best;
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
