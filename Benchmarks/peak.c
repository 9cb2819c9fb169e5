// What the machine can do at most: fused multiply-adds of one core in registers, and bytes per second read from memory.
//   make benchmarks && .build/benchmarks/peak
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arithmetic_peak.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
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
        const double rate = arithmetic_peak(now);
        if (rate > flops) flops = rate;
    }
    printf("{\"gflops\": %.1f, \"gbytes\": %.1f}\n", flops * 1e-9, reading() * 1e-9);
    return 0;
}
