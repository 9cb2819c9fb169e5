/// A function of TensorFlow that Keras 2 wrote down as a layer (TFOpLambda), and the operation of Keras 3 that computes the same.
///
/// Facts: TensorFlow 2.4 to 2.15, Keras 3.15.1.
struct TensorFlowFunction: Sendable {
    /// The class of the operation (`Multiply`); ``KerasOperations`` has its module.
    let operation: String
    /// The arguments that are tensors or numbers, after the first.
    var operands: [String] = []
    /// Arguments that became settings of the operation: `axis` of `math.reduce_mean`.
    var settings: [Setting] = []

    struct Setting: Sendable {
        let argument: String
        let key: String
        /// What the function takes when it is not told; nil when it must be.
        let absent: JSON?

        init(_ argument: String, as key: String? = nil, absent: JSON? = nil) {
            self.argument = argument
            self.key = key ?? argument
            self.absent = absent
        }
    }

    /// By the name of the function as the layer has it.
    static let table: [String: TensorFlowFunction] = {
        var table: [String: TensorFlowFunction] = [:]
        for (function, operation) in ofOne { table[function] = TensorFlowFunction(operation: operation) }
        for (functions, operation) in ofTwo {
            for function in functions { table[function] = TensorFlowFunction(operation: operation, operands: ["y"]) }
        }
        for (function, operation) in reductions {
            table[function] = TensorFlowFunction(
                operation: operation, settings: [Setting("axis", absent: .null), Setting("keepdims", absent: false)])
        }
        return table.merging(others) { first, _ in first }
    }()

    private static let ofOne: [(String, String)] = [
        ("nn.relu", "Relu"), ("nn.relu6", "Relu6"), ("nn.selu", "Selu"), ("nn.elu", "Elu"), ("nn.softsign", "Softsign"),
        ("nn.sigmoid", "Sigmoid"), ("math.sigmoid", "Sigmoid"), ("nn.tanh", "Tanh"), ("math.tanh", "Tanh"),
        ("math.softplus", "Softplus"), ("nn.softplus", "Softplus"), ("math.exp", "Exp"), ("math.expm1", "Expm1"), ("math.log", "Log"),
        ("math.log1p", "Log1p"), ("math.sqrt", "Sqrt"), ("math.rsqrt", "Rsqrt"), ("math.square", "Square"), ("math.abs", "Absolute"),
        ("math.negative", "Negative"), ("__operators__.neg", "Negative"), ("math.sin", "Sin"), ("math.cos", "Cos"), ("math.tan", "Tan"),
        ("math.floor", "Floor"), ("math.ceil", "Ceil"), ("math.sign", "Sign"), ("math.erf", "Erf"), ("math.reciprocal", "Reciprocal"),
        ("identity", "Copy"),
    ]

    private static let ofTwo: [([String], String)] = [
        (["math.add", "__operators__.add"], "Add"), (["math.subtract", "__operators__.sub"], "Subtract"),
        (["math.multiply", "__operators__.mul"], "Multiply"), (["math.divide", "math.truediv", "__operators__.truediv"], "TrueDivide"),
        (["math.pow", "__operators__.pow"], "Power"), (["math.maximum"], "Maximum"), (["math.minimum"], "Minimum"),
        (["math.floordiv", "__operators__.floordiv"], "FloorDivide"),
    ]

    private static let reductions: [(String, String)] = [
        ("math.reduce_sum", "Sum"), ("math.reduce_mean", "Mean"), ("math.reduce_max", "Max"), ("math.reduce_min", "Min"),
        ("math.reduce_prod", "Prod"), ("math.reduce_logsumexp", "Logsumexp"),
    ]

    private static let others: [String: TensorFlowFunction] = [
        "concat": TensorFlowFunction(operation: "Concatenate", settings: [Setting("axis")]),
        "stack": TensorFlowFunction(operation: "Stack", settings: [Setting("axis", absent: 0)]),
        "reshape": TensorFlowFunction(operation: "Reshape", settings: [Setting("shape", as: "newshape")]),
        "transpose": TensorFlowFunction(operation: "Transpose", settings: [Setting("perm", as: "axes", absent: .null)]),
        "expand_dims": TensorFlowFunction(operation: "ExpandDims", settings: [Setting("axis")]),
        "squeeze": TensorFlowFunction(operation: "Squeeze", settings: [Setting("axis", absent: .null)]),
        "tile": TensorFlowFunction(operation: "Tile", settings: [Setting("multiples", as: "repeats")]),
        "cast": TensorFlowFunction(operation: "Cast", settings: [Setting("dtype")]),
        "clip_by_value": TensorFlowFunction(
            operation: "Clip", settings: [Setting("clip_value_min", as: "x_min"), Setting("clip_value_max", as: "x_max")]),
        "nn.softmax": TensorFlowFunction(operation: "Softmax", settings: [Setting("axis", absent: -1)]),
        "nn.log_softmax": TensorFlowFunction(operation: "LogSoftmax", settings: [Setting("axis", absent: -1)]),
        "nn.leaky_relu": TensorFlowFunction(operation: "LeakyRelu", settings: [Setting("alpha", as: "negative_slope", absent: 0.2)]),
        "nn.gelu": TensorFlowFunction(operation: "Gelu", settings: [Setting("approximate", absent: false)]),
        "linalg.matmul": TensorFlowFunction(operation: "Matmul", operands: ["b"]),
    ]

    /// Arguments that mean nothing with this value.
    static func isWithoutMeaning(_ argument: String, _ value: KerasGraph.Argument) -> Bool {
        guard case .value(let value) = value else { return false }
        if value.isNull { return true }
        return falseOptions.contains(argument) && value == false
    }

    /// Options of `linalg.matmul` that are off unless someone turns them on.
    private static let falseOptions: Set = [
        "transpose_a", "transpose_b", "adjoint_a", "adjoint_b", "a_is_sparse", "b_is_sparse", "conjugate",
    ]
}
