import Testing

@testable import TensorFiles

@Suite struct NumberTextTests {
    private func check(_ text: String) {
        let found = NumberText.read(Array(text.utf8)[...])
        guard let expected = Double(text) else {
            #expect(found == .notANumber, "\(text)")
            return
        }
        #expect(found == (expected.isInfinite ? .tooLarge : .number(expected)), "\(text)")
    }

    @Test func agreesWithTheStandardLibrary() {
        var numbers = SplitMix(state: 3)
        for _ in 0..<50_000 {
            var text = Bool.random(using: &numbers) ? "-" : ""
            text += String(numbers.next() >> UInt64.random(in: 0...60, using: &numbers))
            if Bool.random(using: &numbers) { text += ".\(numbers.next() >> UInt64.random(in: 0...63, using: &numbers))" }
            if Bool.random(using: &numbers) { text += "e\(Int.random(in: -330...330, using: &numbers))" }
            check(text)
        }
    }

    @Test(arguments: [
        "0", "-0", "00012", "1.", ".5", "-.5e-3", "9007199254740993", "123456789012345678901234567890", "0.000000000000000000000000000001",
        "1e-400", "1e400", "-1e999999999999999999999", "1e-999999999999999999999", "2.2250738585072011e-308", "4.9e-324",
        "1.7976931348623157e308", "1e22", "1e23", "123456789012345e22", "5e-324", "0e999",
    ])
    func edges(text: String) { check(text) }

    @Test(arguments: ["", "+", "-", ".", "e5", "1e", "1e+", "1e1.5", "1 2", "0x1p3", "1f", "++1", "1,5", "١", "nan(1)", "snan", "in"])
    func otherText(text: String) {
        #expect(NumberText.read(Array(text.utf8)[...]) == .notANumber)
    }
}
