#ifndef NNINFERENCE_H
#define NNINFERENCE_H

// Runs `.nnc` models from C: open a model, make a session, run it.
//
//     nn_model *model;
//     nn_session *session;
//     if (nn_model_open_file("model.nnc", &model) || nn_session_make(model, NULL, &session)) return 1;
//     float x[2] = {200, 17}, y[1];
//     nn_status status = nn_session_run(session, x, 2, y, 1);
//
// Making a session allocates everything; running allocates nothing, unless texts are longer than any before. A model may be used by several threads, a session by one at
// a time. Every function but the `close` ones says how it went; none aborts on bad input.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    NN_OK = 0,
    NN_CANNOT_OPEN = 1,      // the file cannot be opened or mapped: see errno
    NN_BAD_FILE = 2,         // not a .nnc file, damaged, or of a newer version
    NN_NOT_RUNNABLE = 3,     // the file holds a Keras model but no program
    NN_BAD_OPTIONS = 4,      // dimensions left open, or too much memory asked for
    NN_BAD_ARGUMENT = 5,     // an input, output or count that the model does not have
    NN_INDEX_OUT_OF_RANGE = 6  // a table was asked for an entry it does not have
} nn_status;

typedef enum { NN_NUMBER = 1, NN_INT32 = 2, NN_INT64 = 4, NN_TEXT = 5 } nn_type;

typedef struct nn_model nn_model;
typedef struct nn_session nn_session;

typedef struct {
    size_t batch;         // samples per run; 0 means 1
    size_t threads;       // threads that share the work; 0 means 1
    int carries_state;    // nonzero: recurrent state goes on from run to run
    size_t memory_limit;  // bytes a session may take; 0 means 4 GiB
    // For models that leave dimensions open: for each input its dimensions without the batch, one input after the other.
    // NULL if there are none.
    const size_t *input_shapes;
    size_t input_shape_count;  // numbers in `input_shapes`
} nn_session_options;

// ---- Models -------------------------------------------------------------------------------------------------------

// Maps a file; its weights are read where they lie. The file must not change while the model is open.
nn_status nn_model_open_file(const char *path, nn_model **model);
// Copies the bytes.
nn_status nn_model_open_bytes(const void *bytes, size_t count, nn_model **model);
// Uses bytes that stay where they are, such as flash. `bytes` is aligned to 16.
nn_status nn_model_open_permanent(const void *bytes, size_t count, nn_model **model);
// Checks every tensor against its checksum: reads the whole file.
nn_status nn_model_verify(const nn_model *model);
void nn_model_close(nn_model *model);

// ---- Sessions -----------------------------------------------------------------------------------------------------

// `options` may be NULL. The session keeps the model open.
nn_status nn_session_make(const nn_model *model, const nn_session_options *options, nn_session **session);
void nn_session_close(nn_session *session);

size_t nn_session_input_count(const nn_session *session);
size_t nn_session_output_count(const nn_session *session);
// Type and shape, batch included. `shape` has room for 8 numbers.
nn_status nn_session_input_info(const nn_session *session, size_t input, nn_type *type, size_t *shape, size_t *rank);
nn_status nn_session_output_info(const nn_session *session, size_t output, nn_type *type, size_t *shape, size_t *rank);

// Elements are in row-major order, the batch first. Counts are in elements and have to be exact.
nn_status nn_session_set_input(nn_session *session, size_t input, const float *elements, size_t count);
nn_status nn_session_set_input_int32(nn_session *session, size_t input, const int32_t *elements, size_t count);
nn_status nn_session_set_input_int64(nn_session *session, size_t input, const int64_t *elements, size_t count);
// Texts in UTF-8, which are copied: longer ones than ever before make the session allocate. `lengths` may be NULL for texts that end
// with a zero byte.
nn_status nn_session_set_input_texts(nn_session *session, size_t input, const char *const *texts, const size_t *lengths, size_t count);
nn_status nn_session_run_inputs(nn_session *session);
nn_status nn_session_copy_output(const nn_session *session, size_t output, float *elements, size_t count);
// For an output of whole numbers.
nn_status nn_session_copy_output_int64(const nn_session *session, size_t output, int64_t *elements, size_t count);
// One element of an output of texts where it lies: UTF-8 without a zero byte at its end, valid until the next run.
nn_status nn_session_output_text(const nn_session *session, size_t output, size_t position, const char **text, size_t *length);
// The three together, for a model with one input and one output.
nn_status nn_session_run(nn_session *session, const float *x, size_t x_count, float *y, size_t y_count);

// ---- Recurrent state ----------------------------------------------------------------------------------------------

size_t nn_session_state_count(const nn_session *session);
nn_status nn_session_copy_state(const nn_session *session, float *elements, size_t count);
nn_status nn_session_set_state(nn_session *session, const float *elements, size_t count);
void nn_session_reset_state(nn_session *session);

#ifdef __cplusplus
}
#endif
#endif
