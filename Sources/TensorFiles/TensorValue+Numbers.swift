import KerasFiles

extension TensorValue {
    /// All elements as single-precision numbers, false and true as 0 and 1.
    ///
    /// Double-precision numbers are rounded to nearest, as Keras does with its inputs. Throws `.inexact` for an integer
    /// that is no Float, `.outOfRange` for a finite number beyond the largest, `.notNumbers` for text; `place.index` is the element's.
    public func floats() throws(TensorFileError) -> [Float] {
        switch elements {
        case .float32(let values): values
        case .float64(let values): try convert(values, .outOfRange) { Float($0).isInfinite && $0.isFinite ? nil : Float($0) }
        default: try numbers(float: { $0 }, integer: { Float(exactly: $0) }, unsigned: { Float(exactly: $0) }, double: { Float($0) })
        }
    }

    /// All elements as double-precision numbers, false and true as 0 and 1.
    /// Throws `.inexact` for an integer beyond 2^53 that is no Double, `.notNumbers` for text.
    public func doubles() throws(TensorFileError) -> [Double] {
        try numbers(float: { Double($0) }, integer: { Double(exactly: $0) }, unsigned: { Double(exactly: $0) }, double: { $0 })
    }

    /// All elements as integers, false and true as 0 and 1: what indices are given as.
    /// Throws `.inexact` for a number with a fraction or beyond 32 bits, `.notNumbers` for text.
    public func int32s() throws(TensorFileError) -> [Int32] {
        if case .int32(let values) = elements { return values }
        return try numbers(
            float: { Int32(exactly: $0) }, integer: { Int32(exactly: $0) }, unsigned: { Int32(exactly: $0) },
            double: { Int32(exactly: $0) })
    }

    /// All elements as integers of 64 bits, false and true as 0 and 1: what identifiers are given as.
    /// Throws `.inexact` for a number with a fraction or beyond 64 bits, `.notNumbers` for text.
    public func int64s() throws(TensorFileError) -> [Int64] {
        if case .int64(let values) = elements { return values }
        return try numbers(
            float: { Int64(exactly: $0) }, integer: { $0 }, unsigned: { Int64(exactly: $0) }, double: { Int64(exactly: $0) })
    }

    /// The elements of a tensor of text. Throws `.notText`.
    public func strings() throws(TensorFileError) -> [String] {
        guard case .strings(let values) = elements else { throw TensorFileError(.notText) }
        return values
    }

    private func numbers<N>(
        float: (Float) -> N?, integer: (Int64) -> N?, unsigned: (UInt64) -> N?, double: (Double) -> N?
    ) throws(TensorFileError) -> [N] {
        switch elements {
        case .bool(let values): try convert(values) { unsigned($0 ? 1 : 0) }
        case .int8(let values): try convert(values) { integer(Int64($0)) }
        case .int16(let values): try convert(values) { integer(Int64($0)) }
        case .int32(let values): try convert(values) { integer(Int64($0)) }
        case .int64(let values): try convert(values) { integer($0) }
        case .uint8(let values): try convert(values) { unsigned(UInt64($0)) }
        case .uint16(let values): try convert(values) { unsigned(UInt64($0)) }
        case .uint32(let values): try convert(values) { unsigned(UInt64($0)) }
        case .uint64(let values): try convert(values) { unsigned($0) }
        case .float16(let values): try convert(values) { float(Float(halfBits: $0)) }
        case .float32(let values): try convert(values) { float($0) }
        case .float64(let values): try convert(values) { double($0) }
        case .strings: throw TensorFileError(.notNumbers)
        }
    }

    private func convert<T, N>(
        _ values: [T], _ problem: TensorFileError.Kind = .inexact, _ body: (T) -> N?
    ) throws(TensorFileError) -> [N] {
        var result: [N] = []
        result.reserveCapacity(values.count)
        for value in values {
            guard let number = body(value) else {
                throw TensorFileError(problem, place: .init(index: multiIndex(of: result.count)))
            }
            result.append(number)
        }
        return result
    }

    private func multiIndex(of position: Int) -> [Int] {
        var rest = position
        var index: [Int] = []
        for extent in shape.reversed() {
            index.insert(rest % extent, at: 0)
            rest /= extent
        }
        return index
    }
}
