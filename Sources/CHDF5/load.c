#include "CHDF5.h"
#include "driver.h"

#include <dlfcn.h>
#include <string.h>

// What the library of a release is called. Debian calls the one without MPI libhdf5_serial.
#if defined(__APPLE__)
#define NAME(stem, number) stem "." number ".dylib"
#define PLAIN(stem) stem ".dylib"
#else
#define NAME(stem, number) stem ".so." number
#define PLAIN(stem) stem ".so"
#endif

#if H5_VERSION_GE(2, 0, 0)
#define NUMBER "320"
#elif H5_VERSION_GE(1, 14, 0)
#define NUMBER "310"
#elif H5_VERSION_GE(1, 12, 0)
#define NUMBER "200"
#elif H5_VERSION_GE(1, 10, 3)
#define NUMBER "103"
#else
#define NUMBER "101"
#endif

static const char *const names[] = {
    NAME("libhdf5_serial", NUMBER), NAME("libhdf5", NUMBER), PLAIN("libhdf5_serial"), PLAIN("libhdf5"),
#if defined(__APPLE__)
    "/opt/homebrew/lib/libhdf5.dylib", "/usr/local/lib/libhdf5.dylib",
#endif
};

static bool find(void *handle, const char *name, void *place) {
    void *found = dlsym(handle, name);
    if (!found) return false;
    memcpy(place, &found, sizeof found);
    return true;
}

static bool find_value(void *handle, const char *name, hid_t *place) {
    void *found = dlsym(handle, name);
    if (!found) return false;
    *place = *(hid_t *)found;
    return true;
}

static nnconv_hdf5_status fill(nnconv_hdf5 *library, void *handle) {
    __typeof__(H5get_libversion) *version;
    __typeof__(H5dont_atexit) *dont_atexit;
    __typeof__(H5open) *open;
    __typeof__(H5Eset_auto2) *set_errors;
    unsigned major, minor, release;
    if (!find(handle, "H5get_libversion", &version) || !find(handle, "H5dont_atexit", &dont_atexit)
        || !find(handle, "H5open", &open) || !find(handle, "H5Eset_auto2", &set_errors))
        return nnconv_hdf5_unsuitable;
    // Everything is closed when a file is finished, so nothing is left for the end of the process.
    dont_atexit();
    // The layout of a driver differs between releases.
    if (open() < 0 || version(&major, &minor, &release) < 0 || major != H5_VERS_MAJOR || minor != H5_VERS_MINOR)
        return nnconv_hdf5_unsuitable;
    // Errors are returned; nothing is printed.
    if (set_errors(H5E_DEFAULT, NULL, NULL) < 0) return nnconv_hdf5_unsuitable;
#define X(name) \
    if (!find(handle, #name, &library->name)) return nnconv_hdf5_unsuitable;
    NNCONV_HDF5_FUNCTIONS(X)
#undef X
#define X(name) \
    if (!find_value(handle, #name, &library->name)) return nnconv_hdf5_unsuitable;
    NNCONV_HDF5_VARIABLES(X)
#undef X
    library->driver = nnconv_hdf5_register(library);
    return library->driver < 0 ? nnconv_hdf5_unsuitable : nnconv_hdf5_loaded;
}

const nnconv_hdf5 *nnconv_hdf5_load(nnconv_hdf5_status *status) {
    static nnconv_hdf5 library;
    *status = nnconv_hdf5_missing;
    for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
        void *handle = dlopen(names[index], RTLD_LAZY | RTLD_LOCAL);
        if (!handle) continue;
        *status = fill(&library, handle);
        break;
    }
    return *status == nnconv_hdf5_loaded ? &library : NULL;
}
