// AVX-512 (F, VL, DQ, BW): 12 rows x 32 columns use 24 of 32 registers as accumulators.
#include "instruction_sets.h"
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,f16c,sse4.2"))), apply_to = function)
#define VL 16
#define REGISTERS 32
#define HAS_FMA 1
#define HAS_HALF 1
#include "templates/vectors.h"

typedef __mmask16 vmask;
LEAF vmask first(size_t n) { return (vmask)((1u << n) - 1); }
LEAF vf load_first(const float *p, vmask mask) { return (vf)_mm512_maskz_loadu_ps(mask, p); }
LEAF vh load_first_16(const void *p, vmask mask) { return (vh)_mm256_maskz_loadu_epi16(mask, p); }
LEAF vb load_first_8(const void *p, vmask mask) { return (vb)_mm_maskz_loadu_epi8(mask, p); }
LEAF void store_first(float *p, vmask mask, vf v) { _mm512_mask_storeu_ps(p, mask, (__m512)v); }

#include "templates/matmul_tile.h"
#define ROWS(name, V, MASKED)                                                                                          \
    TILE(name##1, 1, 1, V, MASKED) TILE(name##2, 2, 1, V, MASKED) TILE(name##3, 3, 1, V, MASKED)                       \
    TILE(name##4, 4, 1, V, MASKED) TILE(name##5, 5, 1, V, MASKED) TILE(name##6, 6, 1, V, MASKED)                       \
    TILE(name##7, 7, 1, V, MASKED) TILE(name##8, 8, 1, V, MASKED) TILE(name##9, 9, 1, V, MASKED)                       \
    TILE(name##10, 10, 1, V, MASKED) TILE(name##11, 11, 1, V, MASKED) TILE(name##12, 12, 1, V, MASKED)
#define NAMES(number, name)                                                                                            \
    {0, number##name##1, number##name##2, number##name##3, number##name##4, number##name##5, number##name##6,          \
     number##name##7, number##name##8, number##name##9, number##name##10, number##name##11, number##name##12}
ROWS(whole, 2, 0)
ROWS(one_masked, 1, 1)
ROWS(two_masked, 2, 1)
TILE(thin1, 1, 4, 2, 0)
TILE(thin2, 2, 2, 2, 0)

enum { TILE_ROWS = 12, TILE_VECTORS = 2, STRIP_PANELS = 4, THIN_ROWS = 2 };
static tile_function *const whole_tiles[NN_NUMBERS][TILE_ROWS + 1] = TILE_TABLES(whole);
static tile_function *const masked_tiles[TILE_VECTORS + 1][NN_NUMBERS][TILE_ROWS + 1] = {
    {{0}}, TILE_TABLES(one_masked), TILE_TABLES(two_masked)};
static const size_t thin_panels[THIN_ROWS + 1] = {0, 4, 2};
static tile_function *const thin_tiles[NN_NUMBERS][THIN_ROWS + 1] = {
    {0, float32_thin1, float32_thin2}, {0, float16_thin1, float16_thin2}, {0, bfloat16_thin1, bfloat16_thin2},
    {0, int8_thin1, int8_thin2}};

#include "templates/crc32c_x86.h"
#include "templates/all.h"
KERNEL_TABLE(nn_avx512_kernels, NN_ISA_AVX512)
#pragma clang attribute pop
#endif
