#pragma once

// libhdf5, loaded when something is to be written and not when the program starts: Debian's brings 33 other libraries along (TLS,
// LDAP and Kerberos among them), and linking it would cost every start of a command some 10 ms.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if __has_include(<hdf5.h>)
#include <hdf5.h>
#elif __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#error "hdf5.h is missing (Debian: libhdf5-dev)"
#endif

#pragma clang assume_nonnull begin

#define NNCONV_HDF5_FUNCTIONS(X) \
    X(H5Fcreate) X(H5Fclose) X(H5FDregister) \
    X(H5Gcreate2) X(H5Gclose) \
    X(H5Dcreate2) X(H5Dget_offset) X(H5Dclose) \
    X(H5Acreate2) X(H5Awrite) X(H5Aclose) \
    X(H5Screate) X(H5Screate_simple) X(H5Sclose) \
    X(H5Tcopy) X(H5Tcreate) X(H5Tclose) X(H5Tset_size) X(H5Tset_strpad) X(H5Tset_cset) \
    X(H5Tset_fields) X(H5Tset_ebias) X(H5Tset_tag) X(H5Tenum_create) X(H5Tenum_insert) \
    X(H5Pcreate) X(H5Pclose) X(H5Pset_driver) X(H5Pget_driver_info) X(H5Pset_alignment) \
    X(H5Pset_obj_track_times) X(H5Pset_alloc_time) X(H5Pset_fill_time)

// Datatypes and classes of property lists: macros for variables in libhdf5's own headers.
#define NNCONV_HDF5_VARIABLES(X) \
    X(H5T_IEEE_F32LE_g) X(H5T_IEEE_F64LE_g) X(H5T_C_S1_g) \
    X(H5T_STD_I8LE_g) X(H5T_STD_I16LE_g) X(H5T_STD_I32LE_g) X(H5T_STD_I64LE_g) \
    X(H5T_STD_U8LE_g) X(H5T_STD_U16LE_g) X(H5T_STD_U32LE_g) X(H5T_STD_U64LE_g) \
    X(H5P_CLS_FILE_ACCESS_ID_g) X(H5P_CLS_GROUP_CREATE_ID_g) X(H5P_CLS_DATASET_CREATE_ID_g)

/// The functions and variables of libhdf5 that are used, by their own names.
typedef struct {
#define X(name) __typeof__(name) *name;
    NNCONV_HDF5_FUNCTIONS(X)
#undef X
#define X(name) hid_t name;
    NNCONV_HDF5_VARIABLES(X)
#undef X
    /// The driver that writes to an ``nnconv_hdf5_sink``.
    hid_t driver;
} nnconv_hdf5;

typedef enum {
    nnconv_hdf5_loaded,
    /// There is no library of the release that this was compiled for.
    nnconv_hdf5_missing,
    /// There is one, but it is another release or lacks something.
    nnconv_hdf5_unsuitable,
} nnconv_hdf5_status;

/// Loads libhdf5, or returns null and says why. To be called once; libhdf5 then stays loaded.
const nnconv_hdf5 *_Nullable nnconv_hdf5_load(nnconv_hdf5_status *status);

/// Where a file's bytes go. Functions that return false have failed; the HDF5 function that needed them then fails too.
typedef struct {
    void *_Nullable context;
    /// Bytes that were never written are zero.
    bool (*read)(void *_Nullable context, uint64_t offset, void *bytes, size_t count);
    bool (*write)(void *_Nullable context, uint64_t offset, const void *bytes, size_t count);
    /// Called by H5Fclose with the number of bytes that belong to the file.
    void (*finish)(void *_Nullable context, uint64_t size);
} nnconv_hdf5_sink;

/// Begins an HDF5 file whose bytes go to `sink`; negative when that fails.
hid_t nnconv_hdf5_create(const nnconv_hdf5 *library, nnconv_hdf5_sink sink);

#pragma clang assume_nonnull end
