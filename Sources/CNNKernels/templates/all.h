// All kernels, for the vector type, the tiles and the CRC that the including file has set up.
#include "matmul.h"
#include "vector_math.h"
#include "unary.h"
#include "elementwise.h"
#include "rows.h"
#include "recurrent.h"
#include "depthwise.h"
#include "table.h"
