// Products with int8 weights without an instruction for them: one input at a time.
// The including file defines INT8_ROWS.

#define INPUT int8_t
#define INPUT_OFFSET 0
#define GROUP 1
#define INT8_VECTORS TILE_VECTORS

LEAF void load_group(vi *w, const int8_t *at, size_t rows) {
    (void)rows;
    UNROLL for (int v = 0; v < INT8_VECTORS; v++) w[v] = __builtin_convertvector(load_8(at + v * VL), vi);
}

LEAF vi dot_group(vi sum, const INPUT *a, vi w) { return sum + w * (vi)(int32_t)*a; }
