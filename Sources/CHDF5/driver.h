#pragma once

#include "CHDF5.h"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

// The constants of libhdf5 call functions that initialise it, by these; here that has happened.
#undef H5CHECK
#undef H5OPEN
#define H5CHECK
#define H5OPEN

/// Tells libhdf5 the driver that writes to sinks; returns its number, negative when that fails.
hid_t nnconv_hdf5_register(const nnconv_hdf5 *library);
