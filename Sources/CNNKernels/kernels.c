#include "nnkernels.h"
