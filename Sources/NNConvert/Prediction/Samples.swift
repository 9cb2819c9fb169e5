import NNInference
import TensorFiles

/// The elements of one input: a number of samples of the shape that the model wants.
struct Samples {
    enum Elements {
        case numbers([Float])
        case indices([Int32])
        case identifiers([Int64])
        case texts([String])
    }

    let count: Int
    /// Dimensions of a sample, those that the model leaves open filled in.
    let shape: [Int]
    let elements: Elements

    /// Elements of one sample.
    var size: Int { shape.reduce(1, *) }

    /// Takes a tensor for samples, as Keras does: a batch of them, one of them, or a batch that lacks an axis of size 1 at the end.
    init(_ input: PredictionInput, for info: ValueInfo, name: String) throws(PredictionError) {
        let found = input.value.shape
        let expected = Array(info.shape.dimensions.dropFirst())
        if Self.agree(found.dropFirst(), expected), !found.isEmpty {
            (count, shape) = (found[0], Array(found.dropFirst()))
        } else if Self.agree(found[...], expected) {
            (count, shape) = (1, found)
        } else if expected.last == 1, !found.isEmpty, Self.agree(found.dropFirst(), expected.dropLast()) {
            (count, shape) = (found[0], found.dropFirst() + [1])
        } else if input.isTable, found.count == 2, let shape = Self.filled(expected, elements: found[1]) {
            (count, self.shape) = (found[0], shape)
        } else {
            throw .shape(input: name, expected: info.shape.dimensions, found: found)
        }
        guard count > 0 else { throw .noSamples(input: name) }
        do throws(TensorFileError) {
            elements =
                switch info.type {
                case .number, .bool: .numbers(try input.value.floats())
                case .int32: .indices(try input.value.int32s())
                case .int64: .identifiers(try input.value.int64s())
                case .text: .texts(try input.value.strings())
                }
        } catch {
            throw .element(input: name, error)
        }
    }

    /// One of the samples, as a batch of one.
    func only(_ sample: Int) -> Samples {
        let part = sample * size..<(sample + 1) * size
        return switch elements {
        case .numbers(let numbers): Samples(count: 1, shape: shape, elements: .numbers(Array(numbers[part])))
        case .indices(let indices): Samples(count: 1, shape: shape, elements: .indices(Array(indices[part])))
        case .identifiers(let numbers): Samples(count: 1, shape: shape, elements: .identifiers(Array(numbers[part])))
        case .texts(let texts): Samples(count: 1, shape: shape, elements: .texts(Array(texts[part])))
        }
    }

    private init(count: Int, shape: [Int], elements: Elements) {
        self.count = count
        self.shape = shape
        self.elements = elements
    }

    /// Gives some of the samples to the `index`-th input of a session.
    func set(_ index: Int, of session: inout Session, _ range: Range<Int>) throws(RunError) {
        let part = range.lowerBound * size..<range.upperBound * size
        switch elements {
        case .numbers(let numbers): try session.setInput(index, numbers.span.extracting(part))
        case .indices(let indices): try session.setInput(index, indices.span.extracting(part))
        case .identifiers(let numbers): try session.setInput(index, numbers.span.extracting(part))
        case .texts(let texts): try session.setInput(index, Array(texts[part]))
        }
    }

    private static func agree(_ found: ArraySlice<Int>, _ expected: some Collection<Int>) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { $0 == $1 || $1 == Shape.unknown }
    }

    /// The shape with its one open dimension, if it has one, such that it has as many elements; nil if that cannot be.
    private static func filled(_ shape: [Int], elements: Int) -> [Int]? {
        let open = shape.indices.filter { shape[$0] == Shape.unknown }
        guard open.count <= 1 else { return nil }
        var product = 1
        for extent in shape where extent != Shape.unknown {
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            product = next
        }
        guard let place = open.first else { return product == elements ? shape : nil }
        guard product > 0, elements % product == 0 else { return nil }
        var shape = shape
        shape[place] = elements / product
        return shape
    }
}
