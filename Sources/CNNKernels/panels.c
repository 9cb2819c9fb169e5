// The panel layout: row-major matrices in and out of it.
#include "nnkernels.h"

/// Panels side by side: so many columns of a row are copied before the next row, to read whole stretches of memory
/// while writing a few streams.
enum { PANELS_AT_ONCE = 8 };

typedef struct {
    unsigned char *matrix;  // row 0, column 0
    unsigned char *panels;  // panel n0 / 32
    size_t row_bytes, K, N, n0, n1, element_bytes;
    int unpacks;
} panel_copy;

static inline __attribute__((always_inline)) void copy(unsigned char *matrix, unsigned char *panel, size_t bytes,
                                                       int unpacks) {
    if (unpacks) __builtin_memcpy(matrix, panel, bytes);
    else __builtin_memcpy(panel, matrix, bytes);
}

/// `bytes` is those of a row of a whole panel, known when this is compiled; narrow panels go element by element.
static inline __attribute__((always_inline)) void copy_panels(const panel_copy *c, size_t element, int unpacks) {
    const size_t whole = NN_PANEL_COLUMNS * element;
    for (size_t n = c->n0; n < c->n1; n += PANELS_AT_ONCE * NN_PANEL_COLUMNS) {
        const size_t left = c->n1 - n;
        const size_t columns = left < PANELS_AT_ONCE * NN_PANEL_COLUMNS ? left : PANELS_AT_ONCE * NN_PANEL_COLUMNS;
        const size_t panels = columns / NN_PANEL_COLUMNS, narrow = columns % NN_PANEL_COLUMNS;
        unsigned char *to = c->panels + (n - c->n0) * c->K * element;
        for (size_t k = 0; k < c->K; k++) {
            unsigned char *from = c->matrix + k * c->row_bytes + n * element;
            for (size_t p = 0; p < panels; p++) copy(from + p * whole, to + (p * c->K + k) * whole, whole, unpacks);
            unsigned char *tail = to + panels * c->K * whole + k * narrow * element;
            for (size_t i = 0; i < narrow; i++)
                copy(from + panels * whole + i * element, tail + i * element, element, unpacks);
        }
    }
}

static void run(panel_copy c) {
    switch (c.element_bytes) {
    case 1: return c.unpacks ? copy_panels(&c, 1, 1) : copy_panels(&c, 1, 0);
    case 2: return c.unpacks ? copy_panels(&c, 2, 1) : copy_panels(&c, 2, 0);
    case 4: return c.unpacks ? copy_panels(&c, 4, 1) : copy_panels(&c, 4, 0);
    case 8: return c.unpacks ? copy_panels(&c, 8, 1) : copy_panels(&c, 8, 0);
    }
}

void nn_pack_panels(const void *matrix, size_t row_stride, void *panels, size_t K, size_t N, size_t n0, size_t n1,
                    size_t element_bytes) {
    run((panel_copy){(unsigned char *)matrix, panels, row_stride * element_bytes, K, N, n0, n1, element_bytes, 0});
}

void nn_unpack_panels(const void *panels, void *matrix, size_t row_stride, size_t K, size_t N, size_t n0, size_t n1,
                      size_t element_bytes) {
    run((panel_copy){matrix, (unsigned char *)panels, row_stride * element_bytes, K, N, n0, n1, element_bytes, 1});
}

void nn_int8_offsets(const int8_t *panels, size_t K, size_t N, int32_t input_offset, int32_t *offsets) {
    for (size_t n = 0; n < N; n += NN_PANEL_COLUMNS) {
        const size_t width = N - n < NN_PANEL_COLUMNS ? N - n : NN_PANEL_COLUMNS;
        int32_t sums[NN_PANEL_COLUMNS] = {0};
        const int8_t *row = panels + n * K;
        if (width == NN_PANEL_COLUMNS) {
            for (size_t k = 0; k < K; k++, row += NN_PANEL_COLUMNS)
                for (size_t i = 0; i < NN_PANEL_COLUMNS; i++) sums[i] += row[i];
        } else {
            for (size_t k = 0; k < K; k++, row += width)
                for (size_t i = 0; i < width; i++) sums[i] += row[i];
        }
        for (size_t i = 0; i < NN_PANEL_COLUMNS; i++) offsets[n + i] = sums[i] * input_offset;
    }
}
