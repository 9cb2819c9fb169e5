import NNInference
import TensorFiles

/// What one output gave so far: numbers in single precision; whole numbers and texts as they are.
enum Results {
    case none
    case numbers([Float])
    case indices([Int32])
    case identifiers([Int64])
    case texts([String])

    /// Appends what the `index`-th output of a session has now.
    mutating func append(_ index: Int, of session: borrowing Session) throws(RunError) {
        switch (try session.outputInfo(index).type, self) {
        case (.int32, .indices(let all)): self = .indices(all + (try session.outputIntegers(index)).map { Int32(truncatingIfNeeded: $0) })
        case (.int32, _): self = .indices(try session.outputIntegers(index).map { Int32(truncatingIfNeeded: $0) })
        case (.int64, .identifiers(let all)): self = .identifiers(all + (try session.outputIntegers(index)))
        case (.int64, _): self = .identifiers(try session.outputIntegers(index))
        case (.text, .texts(let all)): self = .texts(all + (try session.outputTexts(index)))
        case (.text, _): self = .texts(try session.outputTexts(index))
        case (_, .numbers(var all)):
            // Released first, so that the array grows in place.
            self = .none
            all += try session.outputElements(index)
            self = .numbers(all)
        case (_, _): self = .numbers(try session.outputElements(index))
        }
    }

    var elements: TensorElements {
        switch self {
        case .none: .float32([])
        case .numbers(let values): .float32(values)
        case .indices(let values): .int32(values)
        case .identifiers(let values): .int64(values)
        case .texts(let values): .strings(values)
        }
    }
}
