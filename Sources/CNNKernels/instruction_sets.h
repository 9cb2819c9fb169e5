// The tables behind `nn_kernels_for`. Each is defined in its own file, if the target can have it.
#pragma once
#include "nnkernels.h"

#define INTERNAL __attribute__((visibility("hidden")))

extern INTERNAL const nn_kernels nn_baseline_kernels;
#if defined(__x86_64__)
extern INTERNAL const nn_kernels nn_avx2_kernels;
extern INTERNAL const nn_kernels nn_avx512_kernels;
extern INTERNAL const nn_kernels nn_avx512vnni_kernels;
#elif defined(__aarch64__)
extern INTERNAL const nn_kernels nn_neon_kernels;
#endif

extern INTERNAL const nn_int8_kernels nn_baseline_int8_kernels;
#if defined(__x86_64__)
extern INTERNAL const nn_int8_kernels nn_avx2_int8_kernels;
extern INTERNAL const nn_int8_kernels nn_avx512_int8_kernels;
extern INTERNAL const nn_int8_kernels nn_avx512vnni_int8_kernels;
#elif defined(__aarch64__)
extern INTERNAL const nn_int8_kernels nn_neon_int8_kernels;
#endif
