/// Which Keras wrote a file.
public struct KerasVersion: Sendable, Equatable {
    /// As it is written: `2.2.4-tf`. nil in files of Keras 1 and in configurations by Keras 3 that stand alone, which do not say.
    public let text: String?
    public let major: Int
    public let minor: Int
    public let patch: Int

    /// Takes `major.minor.patch` apart; whatever follows (`-tf`, `rc1`, `.dev2024`) is kept in `text` only. A missing minor or patch
    /// number is zero. nil when `text` does not begin with a number.
    public init?(_ text: String) {
        var numbers: [Int] = []
        var rest = Substring(text)
        while numbers.count < 3 {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits) else { break }
            numbers.append(number)
            rest = rest.dropFirst(digits.count)
            guard rest.first == "." else { break }
            rest = rest.dropFirst()
        }
        guard let major = numbers.first else { return nil }
        self.text = text
        self.major = major
        minor = numbers.count > 1 ? numbers[1] : 0
        patch = numbers.count > 2 ? numbers[2] : 0
    }

    private init(major: Int, minor: Int = 0) {
        text = nil
        (self.major, self.minor, patch) = (major, minor, 0)
    }

    /// The writer of an HDF5 file that names none.
    public static let unnamed = KerasVersion(major: 1)

    /// The writer of an archive, or of weights by path, that names none: some Keras 3.
    public static let unnamedKeras3 = KerasVersion(major: 3)

    /// The writer of a configuration with marks of TensorFlow 2.12 to 2.15.
    static let unnamedTensorFlow = KerasVersion(major: 2, minor: 12)

    /// Who wrote a configuration that came without a version, as far as it shows: `to_json` of Keras 1 and 2 says it; what was taken out of
    /// an archive has modules, and shapes by one name in TensorFlow and by another in Keras 3; what was taken out of HDF5 shows
    /// nothing, so it is taken to be as old as the weights, or as the first Keras that had the format.
    static func ofWriter(of configuration: JSON, weights: KerasVersion?, _ format: KerasFormat) -> KerasVersion {
        if let version = configuration["keras_version"]?.stringValue.flatMap({ KerasVersion($0) }) { return version }
        if configuration["module"]?.stringValue != nil {
            return configuration.hasKey("batch_input_shape") ? .unnamedTensorFlow : .unnamedKeras3
        }
        return weights ?? (format == .weights ? .unnamedTensorFlow : .unnamedKeras3)
    }
}

extension JSON {
    /// Whether this or anything in it has the key. Recursion goes as deep as the JSON text, which the parser has bounded.
    fileprivate func hasKey(_ key: String) -> Bool {
        switch self {
        case .object(let object): object.contains(key: key) || object.contains { $0.value.hasKey(key) }
        case .array(let elements): elements.contains { $0.hasKey(key) }
        default: false
        }
    }
}

extension KerasVersion {
    /// Three code bases have been called Keras, and they differ where their version numbers do not: `2.2.4` and `2.2.4-tf`.
    public enum Lineage: String, Sendable, Equatable, CaseIterable {
        /// The package `keras` up to 2.3.1, on TensorFlow 1, Theano or CNTK.
        case standalone
        /// `tf.keras` up to TensorFlow 2.15, and `tf_keras` after that.
        case tensorFlow
        /// Keras 3, on TensorFlow, JAX, PyTorch or NumPy.
        case multiBackend
    }

    public var lineage: Lineage {
        if major >= 3 { return .multiBackend }
        // From 2.4 on there is no other Keras 2, and the suffix is gone.
        let isTensorFlow = text?.hasSuffix("-tf") == true || self >= (2, 4, 0)
        return isTensorFlow ? .tensorFlow : .standalone
    }

    static func >= (version: KerasVersion, other: (Int, Int, Int)) -> Bool {
        (version.major, version.minor, version.patch) >= other
    }

    static func < (version: KerasVersion, other: (Int, Int, Int)) -> Bool { !(version >= other) }
}
