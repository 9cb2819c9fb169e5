// Which instruction sets this processor has, and their tables.
#include "instruction_sets.h"

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
enum { HWCAP_HAS_CRC32 = 1 << 7 };
#endif

int nn_isa_supported(nn_isa isa) {
    switch (isa) {
    case NN_ISA_BASELINE:
        return 1;
#if defined(__x86_64__)
    // These ask the processor and, for the wide registers, whether the operating system saves them.
    case NN_ISA_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
               __builtin_cpu_supports("f16c") && __builtin_cpu_supports("sse4.2");
    case NN_ISA_AVX512:
        return nn_isa_supported(NN_ISA_AVX2) && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw");
    case NN_ISA_AVX512VNNI:
        return nn_isa_supported(NN_ISA_AVX512) && __builtin_cpu_supports("avx512vnni") &&
               __builtin_cpu_supports("avx512vbmi");
#elif defined(__aarch64__)
    case NN_ISA_NEON:
#if defined(__linux__)
        return (getauxval(AT_HWCAP) & HWCAP_HAS_CRC32) != 0;
#else
        return 1;
#endif
#endif
    default:
        return 0;
    }
}

nn_isa nn_best_isa(void) {
    static const nn_isa best_first[] = {NN_ISA_AVX512VNNI, NN_ISA_AVX512, NN_ISA_AVX2, NN_ISA_NEON};
    for (size_t i = 0; i < sizeof best_first / sizeof best_first[0]; i++)
        if (nn_isa_supported(best_first[i])) return best_first[i];
    return NN_ISA_BASELINE;
}

const nn_kernels *nn_kernels_for(nn_isa isa) {
    switch (isa) {
#if defined(__x86_64__)
    case NN_ISA_AVX2:
        return &nn_avx2_kernels;
    case NN_ISA_AVX512:
        return &nn_avx512_kernels;
    case NN_ISA_AVX512VNNI:
        return &nn_avx512vnni_kernels;
#elif defined(__aarch64__)
    case NN_ISA_NEON:
        return &nn_neon_kernels;
#endif
    default:
        return &nn_baseline_kernels;
    }
}
