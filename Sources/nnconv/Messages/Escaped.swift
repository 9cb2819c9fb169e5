/// Text from files, made harmless: it is printed on terminals, which obey it otherwise, and it may be long.
enum Escaped {
    /// A name or a short text with everything that is not printed as itself written as `\u{..}`.
    static func name(_ text: String, limit: Int = 120) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else { return result + "..." }
            count += 1
            if isPrinted(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
        }
        return result
    }

    /// The same in double quotes.
    static func quoted(_ text: String, limit: Int = 120) -> String { "\"" + name(text, limit: limit) + "\"" }

    private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Controls, and characters that change the direction or the place of their neighbours without being seen.
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
