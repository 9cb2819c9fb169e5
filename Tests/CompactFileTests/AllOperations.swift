import CompactFile
import KerasFiles
import NNInference

/// A program with an operation of every kind, and all its optional fields somewhere.
enum AllOperations {
    static let program = Program(
        inputs: [
            ValueInfo(.number, Shape([Shape.unknown, 6, 8])), ValueInfo(.int32, Shape([Shape.unknown, 6])),
            ValueInfo(.number, Shape([Shape.unknown, Shape.unknown, 5, 2])),
        ],
        operations: operations, outputs: [ValueID(10), ValueID(25), ValueID(26)])

    /// Values 0 to 2 are the inputs; each operation's result has the next number.
    private static let operations: [NNInference.Operation] = [
        // 3: [6, 8]
        .dense(
            Dense(
                input: ValueID(0), kernel: TensorID(0),
                epilogue: Epilogue(bias: TensorID(1), statistics: statistics, activation: .leakyRelu(0.25)))),
        // 4: [3, 8]
        .convolution(
            Convolution(
                input: ValueID(3), kernel: TensorID(2), padding: .same, groups: 2, strides: [2], dilation: [1],
                epilogue: Epilogue(bias: TensorID(1), statistics: statistics))),
        // 5: [2, 8]
        .pooling(Pooling(input: ValueID(4), function: .mean, padding: .valid, window: [2], strides: [1])),
        // 6: [8]
        .reduction(Reduction(input: ValueID(5), function: .maximum, axes: AxisSet([1]))),
        // 7: [8]
        .activation(Elementwise(input: ValueID(6), activation: .hardSigmoid)),
        // 8: [8]
        .softmax(Softmax(input: ValueID(7), axes: AxisSet([1]), flags: .logarithm)),
        // 9: [8]
        .standardization(Standardization(input: ValueID(8), axes: AxisSet([1]), statistics: statistics)),
        // 10: [8]
        .normalization(
            Normalization(
                input: ValueID(9), rule: .group, axes: AxisSet([1]), groups: 4, epsilon: 1e-3, gamma: TensorID(1), beta: TensorID(1))),
        // 11: [6, 8]
        .scaling(Scaling(input: ValueID(3), scale: 2, shift: -0.5)),
        // 12: [6, 8]
        .prelu(PReLU(input: ValueID(11), alpha: TensorID(3))),
        // 13: [6, 8]
        .embedding(Embedding(input: ValueID(1), table: TensorID(4))),
        // 14: [6, 8]
        .constant(Constant(tensor: TensorID(5))),
        // 15: [6, 8]
        .arithmetic(Arithmetic(.maximum, ValueID(13), ValueID(14))),
        // 16: [12, 8]
        .concatenation(Concatenation([ValueID(15), ValueID(12)], axis: 1)),
        // 17: [4, 3, 8]
        .reshape(Reshape(input: ValueID(16), dimensions: [4, -1, 8])),
        // 18: [8, 4, 3]
        .transposition(Transposition(input: ValueID(17), order: [3, 1, 2])),
        // 19: [8, 8, 3]
        .repetition(Repetition(input: ValueID(18), axis: 2, count: 2)),
        // 20: [9, 8, 6]
        .padding(Padding(input: ValueID(19), value: 1, before: [0, 0, 1], after: [1, 0, 2])),
        // 21: [8, 7, 4]
        .cropping(Cropping(input: ValueID(20), before: [1, 0, 1], after: [0, 1, 1])),
        // 22: [8, 7, 4]
        .reversal(Reversal(input: ValueID(21), axis: 1)),
        // 23: batch * steps, [5, 2]
        .foldSteps(FoldSteps(input: ValueID(2))),
        // 24: batch, steps, [5, 2]
        .unfoldSteps(UnfoldSteps(input: ValueID(23), steps: ValueID(2))),
        // 25: mask [6]
        .stepMask(StepMask(input: ValueID(0), value: 0, flags: .anyOfLastAxis)),
        // 26: [6, 8]
        .masking(Masking(input: ValueID(0), mask: ValueID(25))),
        // 27: [6, 2], and two states
        .recurrent(
            Recurrent(
                cell: .lstm, flags: [.returnsSequences, .returnsState, .reversed], input: ValueID(26), mask: ValueID(25), kernel: TensorID(6),
                recurrentKernel: TensorID(7), bias: TensorID(1), activation: .tanh, recurrentActivation: .hardSigmoidKeras2)),
        // 30: [2]
        .recurrent(
            Recurrent(
                cell: .lstm, flags: .stateful, input: ValueID(0), kernel: TensorID(6), recurrentKernel: TensorID(7), activation: .tanh,
                recurrentActivation: .sigmoid, initialStates: [ValueID(28), ValueID(29)])),
        // 31: [6, 8]
        .transposedConvolution(
            TransposedConvolution(
                input: ValueID(4), kernel: TensorID(8), strides: [2], dilation: [1], before: [1], after: [0],
                epilogue: Epilogue(bias: TensorID(1)))),
        // 32: [5, 8]
        .resampling(Resampling(input: ValueID(31), rule: .lanczos3, axis: 1, size: 5, flags: .antialias)),
        // 33: [2, 8]
        .adaptivePooling(AdaptivePooling(input: ValueID(32), function: .mean, cells: [2])),
        // 34: [6]
        .conversion(Conversion(input: ValueID(1))),
        // 35: [6]
        .binning(Binning(input: ValueID(34), boundaries: TensorID(1))),
        // 36: [5]
        .encoding(Encoding(input: ValueID(35), mode: .multiHot, depth: 5)),
        // 37: [6]
        .hashing(Hashing(input: ValueID(1), hash: BucketHash(.sipHash, key: [1, .max]), bins: 7, masked: TensorID(9))),
        // 38: [6]
        .lookup(
            Lookup(
                input: ValueID(1), table: SortedTable(entries: TableEntries(elements: TensorID(10)), places: TensorID(11)), firstBucket: 1,
                buckets: 2, hash: BucketHash(.remainder))),
        // 39: texts [6]
        .inverseLookup(InverseLookup(input: ValueID(38), entries: texts, fallback: 2)),
        // 40: [9]
        .textVectorization(
            TextVectorization(
                input: ValueID(39), flags: [.lowercases, .stripsPunctuation], split: .elements, widths: [2, 1],
                table: SortedTable(entries: texts, places: TensorID(11)), unknown: 1, output: .count, size: 9)),
        // 41: [6, 1, 2], of input 0 as [6, 1, 8]
        .reshape(Reshape(input: ValueID(0), dimensions: [6, 1, 8])),
        // 42: [6, 1, 2]
        .convolutionalRecurrent(
            ConvolutionalRecurrent(
                input: ValueID(41), mask: ValueID(25), recurrentKernel: TensorID(14), flags: [.reversed, .returnsSequences],
                activation: .tanh, recurrentActivation: .hardSigmoid)),
        // 43: [2, 4]
        .localConvolution(LocalConvolution(input: ValueID(0), kernel: TensorID(15), window: [3], strides: [2])),
        // 44: [6, 8], and [6, 1]
        .quantization(Quantization(input: ValueID(26), function: .absoluteMaximum, lower: -127, upper: 127, parameter: 1e-7)),
        // 46: [6, 4]
        .quantizedDense(QuantizedDense(Dense(input: ValueID(26), kernel: TensorID(16), epilogue: Epilogue(statistics: nil, activation: .relu)))),
        // 47: [3, 4]
        .quantizedConvolution(
            QuantizedConvolution(
                Convolution(input: ValueID(26), kernel: TensorID(17), padding: .same, strides: [2], dilation: [1], epilogue: Epilogue(activation: .tanh)))),
    ]

    private static let statistics = Statistics(
        rule: .addedEpsilon, epsilon: 1e-3, mean: TensorID(1), variance: TensorID(1), gamma: TensorID(1), beta: TensorID(1))

    private static let texts = TableEntries(elements: TensorID(12), ends: TensorID(13))

    static func content() throws -> CompactFileContent {
        let shapes = [[8, 8], [8], [3, 4, 8], [6, 8], [10, 8], [6, 8], [8, 8], [2, 8], [3, 8, 8]]
        let tables: [(KerasFiles.ElementType, Int)] = [(.int64, 1), (.int64, 3), (.int32, 3), (.uint8, 6), (.uint32, 3)]
        let tensors = try shapes.map { try SmallModel.tensor($0, first: 1) } + tables.map { type, count in
            try Tensor(elementType: type, shape: [count], bytes: Array(repeating: 1, count: count * type.size))
        } + [[3, 2, 8], [2, 24, 4]].map { try SmallModel.tensor($0, first: 1) } + [[8, 4], [3, 8, 4]].map { shape in
            try Tensor(elementType: .int8, shape: shape, bytes: Array(repeating: 3, count: shape.reduce(1, *)))
        }
        return CompactFileContent(tensors: tensors.map { .init($0) }, program: program)
    }
}
