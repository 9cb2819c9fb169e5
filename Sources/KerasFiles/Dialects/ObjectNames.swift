/// What Keras 3 calls an object among others in a file of weights: the name of its Python class in snake case.
package enum ObjectNames {
    /// `DepthwiseConv2D` → `depthwise_conv2d`, `PReLU` → `p_re_lu`.
    ///
    /// As Keras does it (3.15, `naming.to_snake_case`): what is no letter, digit or underscore goes; an underscore comes before a capital
    /// that small letters follow, then between a small letter and a capital; ASCII letters count.
    package static func snakeCase(_ className: String) -> String {
        let word = className.unicodeScalars.filter { $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil }
        var parted: [Unicode.Scalar] = []
        var index = 0
        let scalars = Array(word)
        while index < scalars.count {
            parted.append(scalars[index])
            let capital = index + 1
            index += 1
            guard capital + 1 < scalars.count, isCapital(scalars[capital]), isSmall(scalars[capital + 1]) else { continue }
            // What belongs to one match is not the beginning of another.
            parted.append("_")
            parted.append(scalars[capital])
            index = capital + 1
            while index < scalars.count, isSmall(scalars[index]) {
                parted.append(scalars[index])
                index += 1
            }
        }
        var result = ""
        var wasSmall = false
        for scalar in parted {
            if wasSmall, isCapital(scalar) { result.unicodeScalars.append("_") }
            wasSmall = isSmall(scalar)
            result.unicodeScalars.append(scalar)
        }
        return result.lowercased()
    }

    private static func isCapital(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
    private static func isSmall(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

    /// The Python class of a layer whose configuration names `written`, where that is not the name that Keras 3 has for the class.
    /// Aliases (`Convolution2D`) are written under the name of the class, so `written` tells a class of its own only here.
    package static func pythonClass(written: String, className: String) -> String? {
        if className == "GroupQueryAttention" { return "GroupedQueryAttention" }
        return writtenClasses.contains(written) ? written : nil
    }

    /// Classes of TensorFlow 2.12 to 2.15 that Keras 3 has under another name.
    private static let writtenClasses: Set = ["SyncBatchNormalization", "ThresholdedReLU"]
}

extension KerasLayer {
    /// The name of the layer's object, but for the number that tells it from others of its class.
    package var objectName: String {
        // A class of the author's that is called like one of Keras's has its package before its name.
        let name = pythonClass ?? className.split(separator: ">").last.map(String.init) ?? className
        return ObjectNames.snakeCase(name)
    }
}
