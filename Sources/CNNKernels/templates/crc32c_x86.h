// SSE4.2's CRC-32C instruction.
#define CRC8(crc, word) _mm_crc32_u64(crc, word)
#define CRC1(crc, byte) _mm_crc32_u8(crc, byte)
#include "crc32c_instructions.h"
