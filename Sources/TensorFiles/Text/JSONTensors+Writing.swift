import KerasFiles

extension JSONTensors {
    /// A single tensor as nested arrays, several as an object; a tensor without a name is then called `arr_0`, `arr_1` ... by its
    /// position. Innermost arrays stand on lines of their own. Throws `.duplicateName`.
    static func bytes(_ tensors: [NamedTensor]) throws(TensorFileError) -> [UInt8] {
        var output: [UInt8] = []
        if let single = tensors.first, tensors.count == 1 {
            append(single.value, 0, to: &output)
        } else {
            var names: Set<String> = []
            output += "{".utf8
            for (index, tensor) in tensors.enumerated() {
                let name = tensor.name ?? "arr_\(index)"
                guard names.insert(name).inserted else { throw TensorFileError(.duplicateName(name)) }
                output += (index == 0 ? "\n  " : ",\n  ").utf8
                output += JSON.string(name).utf8()
                output += ": ".utf8
                append(tensor.value, 1, to: &output)
            }
            output += "\n}".utf8
        }
        output += "\n".utf8
        return output
    }

    private static func append(_ tensor: TensorValue, _ depth: Int, to output: inout [UInt8]) {
        let texts = tensor.elements.jsonTexts
        var next = 0
        func append(_ axis: Int) {
            guard axis < tensor.shape.count else {
                output += texts(next).utf8
                next += 1
                return
            }
            let isInnermost = axis == tensor.shape.count - 1
            let separator = isInnermost ? ", " : ",\n" + String(repeating: "  ", count: depth + axis + 1)
            output += "[".utf8
            for position in 0..<tensor.shape[axis] {
                output += (position > 0 ? separator : isInnermost ? "" : String(separator.dropFirst())).utf8
                append(axis + 1)
            }
            if !isInnermost { output += ("\n" + String(repeating: "  ", count: depth + axis)).utf8 }
            output += "]".utf8
        }
        append(0)
    }
}

extension TensorElements {
    /// Gives an element as JSON text, with Python's names for what is no finite number.
    fileprivate var jsonTexts: (Int) -> String {
        func named(_ text: String) -> String {
            switch text {
            case "nan", "-nan": "NaN"
            case "inf": "Infinity"
            case "-inf": "-Infinity"
            default: text
            }
        }
        let texts = texts
        return switch self {
        case .bool(let values): { values[$0] ? "true" : "false" }
        case .strings(let values): { JSON.string(values[$0]).serialized() }
        case .float16, .float32, .float64: { named(texts($0)) }
        default: texts
        }
    }
}
