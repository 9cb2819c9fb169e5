// Portable C: four lanes, 4 rows x 8 columns (SSE2 on x86-64, which has 16 registers and no fused multiply-add).
#include "instruction_sets.h"

#define VL 4
#define REGISTERS 16
#define HAS_FMA 0
#define HAS_HALF 0
#include "templates/vectors.h"
#include "templates/partial_by_lane.h"

#include "templates/narrow_by_lane.h"
#include "templates/matmul_tile.h"
#define ROWS(name, V, MASKED)                                                                                          \
    TILE(name##1, 1, 1, V, MASKED) TILE(name##2, 2, 1, V, MASKED)                                                      \
    TILE(name##3, 3, 1, V, MASKED) TILE(name##4, 4, 1, V, MASKED)
#define NAMES(number, name) {0, number##name##1, number##name##2, number##name##3, number##name##4}
ROWS(whole, 2, 0)
ROWS(one_masked, 1, 1)
ROWS(two_masked, 2, 1)
TILE(thin1, 1, 1, 8, 0)

enum { TILE_ROWS = 4, TILE_VECTORS = 2, STRIP_PANELS = 1, THIN_ROWS = 1 };
static tile_function *const whole_tiles[NN_NUMBERS][TILE_ROWS + 1] = TILE_TABLES(whole);
static tile_function *const masked_tiles[TILE_VECTORS + 1][NN_NUMBERS][TILE_ROWS + 1] = {
    {{0}}, TILE_TABLES(one_masked), TILE_TABLES(two_masked)};
static const size_t thin_panels[THIN_ROWS + 1] = {0, 1};
static tile_function *const thin_tiles[NN_NUMBERS][THIN_ROWS + 1] = {
    {0, float32_thin1}, {0, float16_thin1}, {0, bfloat16_thin1}, {0, int8_thin1}};

#include "templates/crc32c_table.h"
#define INT8_ROWS 4
#include "templates/int8_one_by_one.h"
#include "templates/all.h"
INT8_KERNELS(nn_baseline_int8_kernels)
KERNEL_TABLE(nn_baseline_kernels, NN_ISA_BASELINE, nn_baseline_int8_kernels)
