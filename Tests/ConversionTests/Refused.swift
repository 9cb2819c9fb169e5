/// The fixtures that cannot be run, and every reason.
enum Refused {
    static let models: [String: [String]] = [:]
}
