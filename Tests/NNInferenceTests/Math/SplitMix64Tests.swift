import Testing

@testable import NNInference

/// The numbers are part of the file format. They were computed from its description by a few lines of Python.
@Suite struct SplitMix64Tests {
    @Test func bits() {
        var generator = SplitMix64(seed: 1_234_567)
        let drawn = (0..<5).map { _ in generator.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
        var zero = SplitMix64(seed: 0)
        #expect(zero.next() == 0xE220_A839_7B1D_CDAF)
    }

    @Test func floats() {
        var generator = SplitMix64(seed: 7)
        let symmetric = (0..<4).map { _ in generator.nextFloat(from: -1, to: 1) }
        #expect(symmetric == [-0x1.c341fp-3, -0x1.eecf1p-1, 0x1.9a61p-1, 0x1.53aebp-3])
        generator = SplitMix64(seed: 7)
        let rounded = (0..<4).map { _ in generator.nextFloat(from: 0.1, to: 0.3) }
        #expect(rounded == [0x1.6c7968p-3, 0x1.a75a5ap-4, 0x1.1ee034p-2, 0x1.bb917ap-3])
    }

    @Test func floatsStayBelowTheUpperBound() {
        var generator = SplitMix64(seed: 5)
        // Between neighbours half of all draws round up to the bound.
        for _ in 0..<100 { #expect(generator.nextFloat(from: 1, to: Float(1).nextUp) == 1) }
        let before = generator
        #expect(generator.nextFloat(from: 2, to: 2) == 2)
        #expect(generator != before)
    }

    @Test func integers() {
        var generator = SplitMix64(seed: 7)
        #expect((0..<12).map { _ in generator.nextInt(below: 10) } == [3, 0, 9, 5, 4, 2, 4, 3, 1, 4, 1, 9])
        let unchanged = generator
        #expect(generator.nextInt(below: 0) == 0)
        #expect(generator == unchanged)
    }

    /// A bound for which a quarter of the draws must be discarded.
    @Test func biasedDrawsAreDiscarded() {
        var generator = SplitMix64(seed: 9)
        let bound = (1 << 62) + (1 << 61) + 1
        #expect(
            (0..<4).map { _ in generator.nextInt(below: bound) } == [
                5_192_953_712_940_808_165, 1_835_375_684_529_427_364, 5_428_971_498_917_495_844,
                1_816_220_916_770_747_100,
            ])
        #expect(generator.state == 0x1715_609F_7C74_6C72)
    }
}
