import Testing

@testable import NNInference

@Suite struct HalfPrecisionTests {
    @Test func everyPatternSurvivesTheWayThroughFloat() {
        for bits in UInt16.min...UInt16.max {
            let float16 = HalfPrecision.float16Bits(HalfPrecision.float(fromFloat16: bits))
            let bfloat16 = HalfPrecision.bfloat16Bits(HalfPrecision.float(fromBFloat16: bits))
            if float16 != bits || bfloat16 != bits { Issue.record("pattern \(bits): \(float16), \(bfloat16)") }
        }
    }

    @Test func float16Values() {
        let known: [(UInt16, Float)] = [
            (0x0000, 0), (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504), (0x0400, 0x1p-14), (0x03FF, 0x3FFp-24),
            (0x0001, 0x1p-24), (0x3555, 0x1.554p-2), (0x7C00, .infinity), (0xFC00, -.infinity),
        ]
        for (bits, value) in known { #expect(HalfPrecision.float(fromFloat16: bits) == value) }
        #expect(HalfPrecision.float(fromFloat16: 0x8000).sign == .minus)
        #expect(HalfPrecision.float(fromFloat16: 0x7E01).isNaN)
    }

    /// The value between each pair of neighbours goes to the even one; a touch more or less goes to the nearer one.
    @Test func float16RoundsToNearestEven() {
        for bits in UInt16(0)..<0x7BFF {
            let lower = HalfPrecision.float(fromFloat16: bits)
            let middle = (lower + HalfPrecision.float(fromFloat16: bits + 1)) / 2
            let results = [middle.nextDown, middle, middle.nextUp].map { HalfPrecision.float16Bits($0) }
            if results != [bits, bits + (bits & 1), bits + 1] { Issue.record("after \(bits): \(results)") }
        }
        #expect(HalfPrecision.float16Bits(Float(65520).nextDown) == 0x7BFF)
        #expect(HalfPrecision.float16Bits(65520) == 0x7C00)
        #expect(HalfPrecision.float16Bits(-1e30) == 0xFC00)
        #expect(HalfPrecision.float16Bits(-.leastNonzeroMagnitude) == 0x8000)
    }

    @Test func bfloat16RoundsToNearestEven() {
        for bits in UInt16(0)..<0x7F7F {
            let middle = Float(bitPattern: UInt32(bits) << 16 | 0x8000)
            let results = [middle.nextDown, middle, middle.nextUp].map { HalfPrecision.bfloat16Bits($0) }
            if results != [bits, bits + (bits & 1), bits + 1] { Issue.record("after \(bits): \(results)") }
        }
        #expect(HalfPrecision.bfloat16Bits(.greatestFiniteMagnitude) == 0x7F80)
        #expect(HalfPrecision.bfloat16Bits(-1) == 0xBF80)
    }

    @Test func aNaNStaysOneWhenItsPayloadIsCutOff() {
        let signalling = Float(bitPattern: 0x7F80_0001)
        #expect(HalfPrecision.float16Bits(signalling) == 0x7E00)
        #expect(HalfPrecision.bfloat16Bits(signalling) == 0x7FC0)
        #expect(HalfPrecision.float16Bits(Float(bitPattern: 0xFFC0_0000)) == 0xFE00)
    }
}
