// The table of one instruction set: every kernel that the templates before this one defined.

#define KERNEL_TABLE(name, set)                                                                                        \
    const nn_kernels name = {                                                                                          \
        .isa = set,                                                                                                    \
        .matmul = matmul,                                                                                              \
        .conv_taps = conv_taps,                                                                                        \
        .depthwise = depthwise,                                                                                        \
        .exp = unary_exp,                                                                                              \
        .log = unary_log,                                                                                              \
        .tanh = unary_tanh,                                                                                            \
        .sigmoid = unary_sigmoid,                                                                                      \
        .silu = unary_silu,                                                                                            \
        .gelu = unary_gelu,                                                                                            \
        .gelu_tanh = unary_gelu_tanh,                                                                                  \
        .softplus = unary_softplus,                                                                                    \
        .log_sigmoid = unary_log_sigmoid,                                                                              \
        .softsign = unary_softsign,                                                                                    \
        .mish = unary_mish,                                                                                            \
        .selu = unary_selu,                                                                                            \
        .square_root = unary_square_root,                                                                              \
        .reciprocal_square_root = unary_reciprocal_square_root,                                                        \
        .elu = unary_elu,                                                                                              \
        .relu = unary_relu,                                                                                            \
        .clamped_line = unary_clamped_line,                                                                            \
        .hard_silu = unary_hard_silu,                                                                                  \
        .add = binary_add,                                                                                             \
        .subtract = binary_subtract,                                                                                   \
        .multiply = binary_multiply,                                                                                   \
        .divide = binary_divide,                                                                                       \
        .maximum = binary_maximum,                                                                                     \
        .minimum = binary_minimum,                                                                                     \
        .scale_shift = scale_shift,                                                                                    \
        .prelu = prelu,                                                                                                \
        .softmax_rows = softmax_rows,                                                                                  \
        .log_softmax_rows = log_softmax_rows,                                                                          \
        .max_row = max_row,                                                                                            \
        .sum_row = sum_row,                                                                                            \
        .dot_row = dot_row,                                                                                            \
        .square_deviation_row = square_deviation_row,                                                                  \
        .lstm_cell = lstm_cell,                                                                                        \
        .gru_cell_reset_after = gru_cell_reset_after,                                                                  \
        .gru_gates = gru_gates,                                                                                        \
        .gru_update = gru_update,                                                                                      \
        .pool_max = pool_max,                                                                                          \
        .pool_avg = pool_avg,                                                                                          \
        .crc32c = crc32c,                                                                                              \
    };
