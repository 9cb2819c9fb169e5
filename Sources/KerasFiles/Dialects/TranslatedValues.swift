/// A value that is said otherwise in Keras 3.
struct TranslatedValue: Sendable {
    let classes: LayerClasses
    let key: String
    let writers: Writers
    let translation: Translation

    enum Translation: Sendable {
        /// `[3]` → `3`; a list of more than one element stays.
        case onlyElement
        /// `2` → `[2, 2]`, by the dimensions in the name of the class; lists stay.
        case onePerDimension
        /// A text that must not be mistaken for what Keras 3 means by it.
        case redefined(String, String)
        /// What the release did whatever it was told.
        case always(JSON)
        /// An object that describes a policy → the policy's name.
        case policyName
    }

    static let table: [TranslatedValue] = [
        TranslatedValue(classes: .all, key: "dtype", writers: .all, translation: .policyName),
        // TensorFlow 1.15 onwards.
        TranslatedValue(
            classes: .only(["BatchNormalization", "LayerNormalization"]), key: "axis", writers: .all, translation: .onlyElement),
        // src = i * in / out, where everyone else has pixel centres. (Checked by running them.)
        TranslatedValue(
            classes: .only(["UpSampling2D"]), key: "interpolation", writers: Writers([.standalone], from: (2, 2, 0)),
            translation: .redefined("bilinear", "keras2>bilinear")),
    ] + ["kernel_size", "strides", "dilation_rate", "pool_size"].map {
        TranslatedValue(classes: .only(windowed), key: $0, writers: .all, translation: .onePerDimension)
    } + [
        // It did not hand it on. (Keras 2.0.8's source, and what 2.0.2 answers.)
        TranslatedValue(
            classes: .only(["SeparableConv2D"]), key: "dilation_rate", writers: Writers([.standalone], before: (2, 0, 9)), translation: .always([1, 1]))
    ]

    private static let windowed = LayerClasses.spatial.filter {
        $0.contains("Conv") || $0.hasSuffix("Pooling1D") || $0.hasSuffix("Pooling2D") || $0.hasSuffix("Pooling3D")
    }
}

extension TranslatedValue.Translation {
    /// The value in Keras 3 form, or nil when it stays as it is.
    func callAsFunction(_ value: JSON, className: String) -> JSON? {
        switch self {
        case .onlyElement:
            guard case .array(let elements) = value, elements.count == 1 else { return nil }
            return elements[0]
        case .onePerDimension:
            // The class name ends in the number of dimensions and "D", or has them before "Transpose".
            guard case .integer = value, let rank = className.lazy.compactMap({ $0.wholeNumberValue }).last, (1...3).contains(rank)
            else { return nil }
            return .array([JSON](repeating: value, count: rank))
        case .redefined(let old, let new):
            return value == .string(old) ? .string(new) : nil
        case .always(let meant):
            return value == meant ? nil : meant
        case .policyName:
            guard case .object(let policy) = value, let name = policy["class_name"]?.stringValue, Self.plainPolicies.contains(name)
            else { return nil }
            guard let name = policy["config"]?["name"]?.stringValue else { return nil }
            return .string(name)
        }
    }

    var repairKind: Repair.Kind {
        switch self {
        case .redefined, .always: .meaningKept
        case .onlyElement, .onePerDimension, .policyName: .valueTranslated
        }
    }

    /// Policies that a name says everything about. Quantized ones have more to say and stay objects.
    private static let plainPolicies: Set = ["DTypePolicy", "FloatDTypePolicy", "Policy"]
}
