import KerasFiles

/// Numbers in a shape, from nested lists of a configuration.
struct NumberArray: Equatable, Sendable {
    /// Empty for a single number.
    var shape: [Int]
    var values: [Float]

    /// nil when the lists are ragged, empty, or hold anything but numbers.
    init?(_ json: JSON) {
        guard let list = json.arrayValue else {
            guard let number = json.doubleValue else { return nil }
            self.init(shape: [], values: [Float(number)])
            return
        }
        var shape: [Int]?
        var values: [Float] = []
        for element in list {
            guard let part = NumberArray(element), shape == nil || shape == part.shape else { return nil }
            shape = part.shape
            values += part.values
        }
        guard let shape else { return nil }
        self.init(shape: [list.count] + shape, values: values)
    }

    init(shape: [Int], values: [Float]) {
        self.shape = shape
        self.values = values
    }

    /// The same numbers, repeated so that they fill `shape` by NumPy's rules; nil when they cannot.
    func broadcast(to target: [Int]) -> NumberArray? {
        let padded = Array(repeating: 1, count: max(target.count - shape.count, 0)) + shape
        guard padded.count == target.count, zip(padded, target).allSatisfy({ $1 > 0 && ($0 == 1 || $0 == $1) }) else { return nil }
        var result = values
        // From the last axis on; `block` is how many numbers lie within one index of the axis.
        var block = 1
        for axis in target.indices.reversed() {
            if padded[axis] == 1, target[axis] != 1 {
                let (count, overflow) = result.count.multipliedReportingOverflow(by: target[axis])
                guard !overflow, count <= NumberArray.countLimit else { return nil }
                result = stride(from: 0, to: result.count, by: block).flatMap { start in
                    (0..<target[axis]).flatMap { _ in result[start..<start + block] }
                }
            }
            block *= target[axis]
        }
        return NumberArray(shape: target, values: result)
    }

    /// More than any configuration means; keeps a small file from asking for a huge tensor.
    private static let countLimit = 1 << 24

    func tensor(of layer: KerasLayer) throws(Refusal) -> Tensor {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * 4)
        for value in values {
            for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * place))) }
        }
        do throws(KerasFileError) {
            return try Tensor(elementType: .float32, shape: shape, bytes: bytes)
        } catch {
            throw Refusal(layer, .shape(.overflow))
        }
    }
}

extension KeyType where Value == NumberArray {
    /// A number, or numbers in nested lists.
    static let numbers = KeyType(.numbers) { value, place throws(Refusal) in
        guard let numbers = NumberArray(value) else { throw place.refusal(.wrongType(expected: .numbers)) }
        return numbers
    }
}
