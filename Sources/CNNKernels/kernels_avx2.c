// AVX2 and FMA: 6 rows x 16 columns, half a panel, use 12 of 16 registers as accumulators.
#include "instruction_sets.h"
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,sse4.2"))), apply_to = function)
#define VL 8
#define REGISTERS 16
#define HAS_FMA 1
#define HAS_HALF 1
#include "templates/vectors.h"

// Masked loads are cheap on every processor, masked stores are not: those of whole vectors are told apart.
typedef size_t vmask;
LEAF vmask first(size_t n) { return n; }
LEAF vf load_first(const float *p, vmask n) { return (vf)_mm256_maskload_ps(p, (__m256i)lanes_below(n)); }
LEAF void store_first(float *p, vmask n, vf v) {
    if (n == VL) store(p, v);
    else _mm256_maskstore_ps(p, (__m256i)lanes_below(n), (__m256)v);
}

#include "templates/narrow_by_lane.h"
#include "templates/matmul_tile.h"
#define ROWS(name, V, MASKED)                                                                                          \
    TILE(name##1, 1, 1, V, MASKED) TILE(name##2, 2, 1, V, MASKED) TILE(name##3, 3, 1, V, MASKED)                       \
    TILE(name##4, 4, 1, V, MASKED) TILE(name##5, 5, 1, V, MASKED) TILE(name##6, 6, 1, V, MASKED)
#define NAMES(number, name)                                                                                            \
    {0, number##name##1, number##name##2, number##name##3, number##name##4, number##name##5, number##name##6}
ROWS(whole, 2, 0)
ROWS(one_masked, 1, 1)
ROWS(two_masked, 2, 1)
TILE(thin1, 1, 2, 4, 0)
TILE(thin2, 2, 1, 4, 0)

enum { TILE_ROWS = 6, TILE_VECTORS = 2, STRIP_PANELS = 1, THIN_ROWS = 2 };
static tile_function *const whole_tiles[NN_NUMBERS][TILE_ROWS + 1] = TILE_TABLES(whole);
static tile_function *const masked_tiles[TILE_VECTORS + 1][NN_NUMBERS][TILE_ROWS + 1] = {
    {{0}}, TILE_TABLES(one_masked), TILE_TABLES(two_masked)};
static const size_t thin_panels[THIN_ROWS + 1] = {0, 2, 1};
static tile_function *const thin_tiles[NN_NUMBERS][THIN_ROWS + 1] = {
    {0, float32_thin1, float32_thin2}, {0, float16_thin1, float16_thin2}, {0, bfloat16_thin1, bfloat16_thin2},
    {0, int8_thin1, int8_thin2}};

// Pairs of inputs and weights as 16-bit numbers.
#define INPUT int16_t
#define INPUT_OFFSET 0
#define GROUP 2
#define INT8_VECTORS 2
#define INT8_ROWS 6

LEAF void load_group(vi *w, const int8_t *at, size_t rows) {
    const __m128i a = _mm_loadu_si128((const void *)at);
    const __m128i b = rows == GROUP ? _mm_loadu_si128((const void *)(at + NN_PANEL_COLUMNS)) : _mm_setzero_si128();
    w[0] = (vi)_mm256_cvtepi8_epi16(_mm_unpacklo_epi8(a, b));
    w[1] = (vi)_mm256_cvtepi8_epi16(_mm_unpackhi_epi8(a, b));
}

LEAF vi dot_group(vi sum, const INPUT *a, vi w) {
    int32_t pair;
    __builtin_memcpy(&pair, a, sizeof pair);
    return sum + (vi)_mm256_madd_epi16(_mm256_set1_epi32(pair), (__m256i)w);
}

#include "templates/crc32c_x86.h"
#include "templates/all.h"
INT8_KERNELS(nn_avx2_int8_kernels)
KERNEL_TABLE(nn_avx2_kernels, NN_ISA_AVX2, nn_avx2_int8_kernels)
#pragma clang attribute pop
#endif
