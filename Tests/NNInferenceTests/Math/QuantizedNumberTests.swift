import Testing

@testable import NNInference

@Suite struct QuantizedNumberTests {
    /// `ml_dtypes.float8_e4m3fn` of NumPy, after clipping.
    private static let float8: [(Float, Float)] = [
        (0, 0), (1e-4, 0), (0.0009765599970705807, 0), (0.0009765625, 0), (0.00146484375, 0.001953125), (0.0029296875, 0.00390625),
        (0.0048828125, 0.00390625), (0.014999999664723873, 0.015625), (0.01549999974668026, 0.015625), (0.017000000923871994, 0.017578125),
        (0.10000000149011612, 0.1015625), (1.0625, 1), (1.1875, 1.25), (-1.0625, -1), (17, 16), (18, 18), (19, 20), (19.000099182128906, 20),
        (-30.899999618530273, -30), (239, 240), (240, 240), (432, 448), (440, 448), (447.8999938964844, 448), (464, 448), (500, 448), (-1000, -448),
    ]

    @Test func roundsToFloat8AsNumPyDoes() {
        for (number, expected) in Self.float8 {
            #expect(number.roundedToFloat8() == expected, "\(number)")
            #expect(Double(number).roundedToFloat8() == Double(expected), "\(number)")
        }
        #expect(Float.nan.roundedToFloat8().isNaN)
    }

    @Test func roundsToWholeNumbersWithTiesToEven() {
        for step in -4_000...4_000 {
            let number = Float(step) / 16
            #expect(number.roundedToWhole() == number.rounded(.toNearestOrEven))
        }
        #expect(Float.nan.roundedToWhole().isNaN)
        #expect(Float(-0.5).roundedToWhole() == 0)
    }
}
