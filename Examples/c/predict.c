// Predicts with a model of one input and one output: predict MODEL.nnc NUMBER...
#include <nninference.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: %s MODEL.nnc NUMBER...\n", argv[0]);
        return 64;
    }
    nn_model *model;
    nn_status status = nn_model_open_file(argv[1], &model);
    if (status != NN_OK || (status = nn_model_verify(model)) != NN_OK) {
        fprintf(stderr, "%s cannot be opened (status %d)\n", argv[1], status);
        return 1;
    }
    nn_session *session;
    if ((status = nn_session_make(model, NULL, &session)) != NN_OK) {
        fprintf(stderr, "%s cannot be run (status %d)\n", argv[1], status);
        return 1;
    }
    nn_type type;
    size_t shape[8], rank, outputs = 1;
    nn_session_output_info(session, 0, &type, shape, &rank);
    for (size_t axis = 0; axis < rank; axis++) outputs *= shape[axis];

    size_t inputs = (size_t)argc - 2;
    float *x = malloc(inputs * sizeof(float)), *y = malloc(outputs * sizeof(float));
    for (size_t i = 0; i < inputs; i++) x[i] = strtof(argv[i + 2], NULL);
    status = nn_session_run(session, x, inputs, y, outputs);
    if (status == NN_OK) {
        for (size_t i = 0; i < outputs; i++) printf("%.9g\n", y[i]);
    } else {
        fprintf(stderr, "the model does not take %zu numbers (status %d)\n", inputs, status);
    }
    free(x);
    free(y);
    nn_session_close(session);
    nn_model_close(model);
    return status != NN_OK;
}
