/// Which of two models has something.
public enum Presence: String, Sendable, Equatable {
    case both, onlyFirst, onlySecond

    /// Nil when neither has it.
    init?(first: Bool, second: Bool) {
        switch (first, second) {
        case (true, true): self = .both
        case (true, false): self = .onlyFirst
        case (false, true): self = .onlySecond
        case (false, false): return nil
        }
    }
}
