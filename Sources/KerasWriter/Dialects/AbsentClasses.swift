/// Classes of Keras 1 and 2 that Keras 3 does not have, and that nothing of its own stands for.
///
/// Facts: Keras 1.2.2, 2.3.1, TensorFlow 2.15; Keras 3.15.1.
package enum AbsentClasses {
    /// The key that says more about what is missing than the class does, for classes that stand for many things.
    static let keys = ["TFOpLambda": "function", "SlicingOpLambda": "function", "TensorFlowOpLayer": "node_def", "Merge": "mode"]

    package static let names: Set = [
        "LocallyConnected1D", "LocallyConnected2D", "RandomHeight", "RandomWidth", "DenseFeatures", "AddLoss", "AddMetric",
        "TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceMethod", "InstanceProperty", "TensorFlowOpLayer",
        "Merge", "ConvRecurrent2D",
    ]
}
