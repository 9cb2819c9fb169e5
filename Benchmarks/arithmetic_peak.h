// The fused multiply-adds that one core can do in registers.

#if defined(__AVX512F__)
enum { LANES = 16 };
#elif defined(__AVX__)
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif
typedef float vector __attribute__((vector_size(LANES * 4)));

// Twelve chains, so that no operation waits for the one before it; each a variable of its own, so that all stay in registers.
#define CHAINS(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)
enum { COUNT = 12 };

/// Floating-point operations per second of one core.
static double arithmetic_peak(double (*now)(void)) {
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
