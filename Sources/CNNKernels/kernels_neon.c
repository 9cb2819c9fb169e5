// AArch64: 6 rows x 16 columns, half a panel, use 24 of 32 registers as accumulators. CRC instructions.
#include "instruction_sets.h"
#if defined(__aarch64__)

#pragma clang attribute push(__attribute__((target("crc"))), apply_to = function)
#define VL 4
#define REGISTERS 32
#define HAS_FMA 1
#define HAS_HALF 1
#include "templates/vectors.h"
#include "templates/partial_by_lane.h"

#include "templates/narrow_by_lane.h"
#include "templates/matmul_tile.h"
#define ROWS(name, V, MASKED)                                                                                          \
    TILE(name##1, 1, 1, V, MASKED) TILE(name##2, 2, 1, V, MASKED) TILE(name##3, 3, 1, V, MASKED)                       \
    TILE(name##4, 4, 1, V, MASKED) TILE(name##5, 5, 1, V, MASKED) TILE(name##6, 6, 1, V, MASKED)
#define NAMES(number, name)                                                                                            \
    {0, number##name##1, number##name##2, number##name##3, number##name##4, number##name##5, number##name##6}
ROWS(whole, 4, 0)
ROWS(one_masked, 1, 1)
ROWS(two_masked, 2, 1)
ROWS(three_masked, 3, 1)
ROWS(four_masked, 4, 1)
TILE(thin1, 1, 1, 8, 0)
TILE(thin2, 2, 1, 8, 0)

enum { TILE_ROWS = 6, TILE_VECTORS = 4, STRIP_PANELS = 1, THIN_ROWS = 2 };
static tile_function *const whole_tiles[NN_NUMBERS][TILE_ROWS + 1] = TILE_TABLES(whole);
static tile_function *const masked_tiles[TILE_VECTORS + 1][NN_NUMBERS][TILE_ROWS + 1] = {
    {{0}}, TILE_TABLES(one_masked), TILE_TABLES(two_masked), TILE_TABLES(three_masked), TILE_TABLES(four_masked)};
static const size_t thin_panels[THIN_ROWS + 1] = {0, 1, 1};
static tile_function *const thin_tiles[NN_NUMBERS][THIN_ROWS + 1] = {
    {0, float32_thin1, float32_thin2}, {0, float16_thin1, float16_thin2}, {0, bfloat16_thin1, bfloat16_thin2},
    {0, int8_thin1, int8_thin2}};

#define CRC8(crc, word) __builtin_arm_crc32cd((uint32_t)(crc), word)
#define CRC1(crc, byte) __builtin_arm_crc32cb(crc, byte)
#include "templates/crc32c_instructions.h"
#define INT8_ROWS 6
#include "templates/int8_one_by_one.h"
#include "templates/all.h"
INT8_KERNELS(nn_neon_int8_kernels)
KERNEL_TABLE(nn_neon_kernels, NN_ISA_NEON, nn_neon_int8_kernels)
#pragma clang attribute pop
#endif
