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

#include "templates/avx512_masks.h"

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

// Pairs of inputs and weights as 16-bit numbers.
#define INPUT int16_t
#define INPUT_OFFSET 0
#define GROUP 2
#define INT8_VECTORS 2
#define INT8_ROWS 12

LEAF void load_group(vi *w, const int8_t *at, size_t rows) {
    UNROLL for (int v = 0; v < INT8_VECTORS; v++) {
        const __m128i a = _mm_loadu_si128((const void *)(at + v * VL));
        const __m128i b = rows == GROUP ? _mm_loadu_si128((const void *)(at + NN_PANEL_COLUMNS + v * VL)) : _mm_setzero_si128();
        const __m256i pairs = _mm256_set_m128i(_mm_unpackhi_epi8(a, b), _mm_unpacklo_epi8(a, b));
        w[v] = (vi)_mm512_cvtepi8_epi16(pairs);
    }
}

LEAF vi dot_group(vi sum, const INPUT *a, vi w) {
    int32_t pair;
    __builtin_memcpy(&pair, a, sizeof pair);
    return sum + (vi)_mm512_madd_epi16(_mm512_set1_epi32(pair), (__m512i)w);
}

#include "templates/crc32c_x86.h"
#include "templates/all.h"
INT8_KERNELS(nn_avx512_int8_kernels)
KERNEL_TABLE(nn_avx512_kernels, NN_ISA_AVX512, nn_avx512_int8_kernels)
KERNEL_TABLE(nn_avx512vnni_kernels, NN_ISA_AVX512VNNI, nn_avx512vnni_int8_kernels)
#pragma clang attribute pop
#endif
