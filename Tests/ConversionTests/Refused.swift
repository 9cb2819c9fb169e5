/// The fixtures that do not become a program, and every reason as `layer key: reason`.
enum Refused {
    static let models: [String: [String]] = [
        "keras-3.15.1/activation_sparsemax": [
            "sequential/dense activation: defectiveInKeras", "sequential/activation activation: defectiveInKeras",
        ],
        "keras-3.15.1/unsupported_three": three,
        "tfkeras-2.15/unsupported_three": three,
    ]

    /// Whether the model becomes no program: for a reason above, or because its layers are a graph.
    static func contains(_ name: String) -> Bool {
        models[name] != nil || name.contains("/functional_")
    }

    private static let three = [
        "sequential/doubled: containsCode", "sequential/wobbling activation: unsupportedValue", "sequential/swaying: unknownClass",
    ]
}
