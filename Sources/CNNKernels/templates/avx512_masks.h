// The first n lanes of a vector in memory, with AVX-512's masks.

typedef __mmask16 vmask;
LEAF vmask first(size_t n) { return (vmask)((1u << n) - 1); }
LEAF vf load_first(const float *p, vmask mask) { return (vf)_mm512_maskz_loadu_ps(mask, p); }
LEAF vh load_first_16(const void *p, vmask mask) { return (vh)_mm256_maskz_loadu_epi16(mask, p); }
LEAF vb load_first_8(const void *p, vmask mask) { return (vb)_mm_maskz_loadu_epi8(mask, p); }
LEAF void store_first(float *p, vmask mask, vf v) { _mm512_mask_storeu_ps(p, mask, (__m512)v); }
