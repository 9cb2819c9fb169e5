/// A text as a key that equals no other sequence of bytes. Swift's `String` takes `e` with a combining accent for `é`; files do not,
/// and a vocabulary may well contain both.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (a: ExactText, b: ExactText) -> Bool { a.text.hasSameBytes(as: b.text) }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Whether both are the same bytes.
    func hasSameBytes(as other: String) -> Bool {
        // Equal texts are most often equal bytes, and `==` is the fast way to see that texts differ.
        self == other && utf8.elementsEqual(other.utf8)
    }
}
