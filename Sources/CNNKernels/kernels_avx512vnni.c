// AVX-512 with VNNI and VBMI: products with int8 weights, four inputs at a time. All else is as with AVX-512.
#include "instruction_sets.h"
#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512vnni,avx512vbmi,avx2,fma,f16c"))), apply_to = function)
#define VL 16
#define REGISTERS 32
#define HAS_FMA 1
#define HAS_HALF 1
#include "templates/vectors.h"
#include "templates/avx512_masks.h"

// The instruction multiplies unsigned by signed numbers: inputs are kept with an offset.
#define INPUT uint8_t
#define INPUT_OFFSET 128
#define GROUP 4
#define INT8_VECTORS 2
#define INT8_ROWS 12

/// Byte 4c + j comes from row j, column c; two rows of a panel are one vector.
#define COLUMN(c) (c), (c) + 32, (c) + 64, (c) + 96
#define COLUMNS(c) COLUMN(c), COLUMN((c) + 1), COLUMN((c) + 2), COLUMN((c) + 3)
static const uint8_t columns_together[2][64] = {
    {COLUMNS(0), COLUMNS(4), COLUMNS(8), COLUMNS(12)}, {COLUMNS(16), COLUMNS(20), COLUMNS(24), COLUMNS(28)}};

LEAF void load_group(vi *w, const int8_t *at, size_t rows) {
    const __mmask64 lower = rows >= 2 ? ~0ull : 0xffffffffull, upper = rows >= 4 ? ~0ull : rows == 3 ? 0xffffffffull : 0;
    const __m512i a = rows == GROUP ? _mm512_loadu_si512(at) : _mm512_maskz_loadu_epi8(lower, at);
    const __m512i b = rows == GROUP ? _mm512_loadu_si512(at + 64) : _mm512_maskz_loadu_epi8(upper, at + 64);
    UNROLL for (int v = 0; v < 2; v++)
        w[v] = (vi)_mm512_permutex2var_epi8(a, _mm512_loadu_si512(columns_together[v]), b);
}

LEAF vi dot_group(vi sum, const INPUT *a, vi w) {
    int32_t four;
    __builtin_memcpy(&four, a, sizeof four);
    return (vi)_mm512_dpbusd_epi32((__m512i)sum, _mm512_set1_epi32(four), (__m512i)w);
}

#include "templates/int8.h"
INT8_KERNELS(nn_avx512vnni_int8_kernels)
#pragma clang attribute pop
#endif
