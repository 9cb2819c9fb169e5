import NNInference

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the surroundings ask for.
enum Environment {
    static let instructionSetVariable = "NNCONV_ISA"

    /// The instruction set named by `NNCONV_ISA`, or the best one.
    static var instructionSet: InstructionSet {
        get throws(Failure) {
            guard let text = getenv(instructionSetVariable).map({ String(cString: $0) }), !text.isEmpty else { return .best }
            let all = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
            guard let set = InstructionSet(rawValue: text) else {
                throw Failure(Message("\(instructionSetVariable) is \(Escaped.quoted(text)) and must be one of \(all)", .usage))
            }
            guard set.isSupported else {
                throw Failure(Message("\(instructionSetVariable) is \(text), which this processor does not have", .usage))
            }
            return set
        }
    }
}
