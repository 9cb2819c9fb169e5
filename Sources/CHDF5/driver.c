// A virtual file driver of libhdf5 whose bytes go to an nnconv_hdf5_sink.

#include "driver.h"

#include <stdlib.h>

typedef struct {
    H5FD_t base;  // libhdf5's own part comes first
    nnconv_hdf5_sink sink;
    haddr_t end_of_addresses;
    haddr_t end_of_file;
} sink_file;

/// libhdf5 hands `open` a property list and no context, so the functions that read it are kept here.
static __typeof__(H5Pget_driver_info) *get_driver_info;

static H5FD_t *open_sink(const char *name, unsigned flags, hid_t properties, haddr_t maximum) {
    (void)name, (void)maximum;
    const nnconv_hdf5_sink *sink = get_driver_info(properties);
    // Before it creates a file, libhdf5 looks whether one is there.
    if (!sink || !(flags & H5F_ACC_CREAT)) return NULL;
    sink_file *file = calloc(1, sizeof *file);
    if (file) file->sink = *sink;
    return (H5FD_t *)file;
}

static herr_t close_sink(H5FD_t *base) {
    sink_file *file = (sink_file *)base;
    file->sink.finish(file->sink.context, file->end_of_addresses);
    free(file);
    return 0;
}

static herr_t query(const H5FD_t *base, unsigned long *features) {
    (void)base;
    // Neither blocks nor alignment waste bytes: every piece is allocated by itself.
    *features = H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

static haddr_t get_end_of_addresses(const H5FD_t *base, H5FD_mem_t type) {
    (void)type;
    return ((const sink_file *)base)->end_of_addresses;
}

static herr_t set_end_of_addresses(H5FD_t *base, H5FD_mem_t type, haddr_t address) {
    (void)type;
    ((sink_file *)base)->end_of_addresses = address;
    return 0;
}

static haddr_t get_end_of_file(const H5FD_t *base, H5FD_mem_t type) {
    (void)type;
    return ((const sink_file *)base)->end_of_file;
}

static herr_t read_bytes(H5FD_t *base, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size, void *bytes) {
    (void)type, (void)transfer;
    sink_file *file = (sink_file *)base;
    return file->sink.read(file->sink.context, address, bytes, size) ? 0 : -1;
}

static herr_t write_bytes(H5FD_t *base, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size, const void *bytes) {
    (void)type, (void)transfer;
    sink_file *file = (sink_file *)base;
    if (!file->sink.write(file->sink.context, address, bytes, size)) return -1;
    if (address + size > file->end_of_file) file->end_of_file = address + size;
    return 0;
}

static herr_t truncate_file(H5FD_t *base, hid_t transfer, hbool_t closing) {
    (void)transfer, (void)closing;
    sink_file *file = (sink_file *)base;
    file->end_of_file = file->end_of_addresses;
    return 0;
}

static const H5FD_class_t driver = {
#if H5_VERSION_GE(1, 13, 0)
    .version = H5FD_CLASS_VERSION,
    .value = (H5FD_class_value_t)(512 + 0x6E),  // from 512 on they are for drivers that are not registered with the HDF Group
#endif
    .name = "nnconv",
    .maxaddr = (haddr_t)INT64_MAX,
    .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(nnconv_hdf5_sink),
    .open = open_sink,
    .close = close_sink,
    .query = query,
    .get_eoa = get_end_of_addresses,
    .set_eoa = set_end_of_addresses,
    .get_eof = get_end_of_file,
    .read = read_bytes,
    .write = write_bytes,
    .truncate = truncate_file,
    .fl_map = H5FD_FLMAP_SINGLE,
};

hid_t nnconv_hdf5_register(const nnconv_hdf5 *library) {
    get_driver_info = library->H5Pget_driver_info;
    return library->H5FDregister(&driver);
}

hid_t nnconv_hdf5_create(const nnconv_hdf5 *library, nnconv_hdf5_sink sink) {
    hid_t access = library->H5Pcreate(library->H5P_CLS_FILE_ACCESS_ID_g);
    if (access < 0) return access;
    hid_t file = -1;
    // Eight bytes: what a reader that maps the file needs for the elements of any tensor.
    if (library->H5Pset_driver(access, library->driver, &sink) >= 0 && library->H5Pset_alignment(access, 1, 8) >= 0)
        file = library->H5Fcreate("nnconv", H5F_ACC_TRUNC, H5P_DEFAULT, access);
    library->H5Pclose(access);
    return file;
}
