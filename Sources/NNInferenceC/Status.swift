import NNInference

/// The status codes of `nninference.h`.
enum Status {
    static let ok: Int32 = 0
    static let cannotOpen: Int32 = 1
    static let badFile: Int32 = 2
    static let notRunnable: Int32 = 3
    static let badOptions: Int32 = 4
    static let badArgument: Int32 = 5
    static let indexOutOfRange: Int32 = 6

    static func of(_ error: OpenError) -> Int32 {
        switch error {
        case .system, .notARegularFile: cannotOpen
        case .format: badFile
        }
    }

    /// The status of a run, or `ok`.
    static func of(_ body: () throws(RunError) -> Void) -> Int32 {
        do {
            try body()
            return ok
        } catch {
            switch error {
            case .indexOutOfRange, .notInVocabulary: return indexOutOfRange
            default: return badArgument
            }
        }
    }
}
