extension Double: ElementaryFormat {
    static var inverseLn2: Double { 0x1.71547652b82fep0 }
    static var ln2High: Double { 0x1.62e42fefa3p-1 }
    static var ln2Low: Double { 0x1.3de6af278ece6p-42 }
    static var roundingShift: Double { 0x1.8p52 }
    static var expLowerBound: Double { -746 }
    static var expUpperBound: Double { 710 }

    @inline(__always) static func integer(shifted: Double) -> Int32 {
        Int32(truncatingIfNeeded: shifted.bitPattern &- roundingShift.bitPattern)
    }

    @inline(__always) static func powerOfTwo(_ exponent: Int32) -> Double {
        Double(bitPattern: UInt64(truncatingIfNeeded: exponent &+ 1023) &<< 52)
    }

    @inline(__always) var highHalf: Double { Double(bitPattern: bitPattern & 0xFFFF_FFFF_F800_0000) }

    @inline(__always) static func binaryParts(_ x: Double) -> (exponent: Int32, mantissa: Double) {
        let subnormal = x < leastNormalMagnitude
        let bits = (subnormal ? x * 0x1p53 : x).bitPattern
        let rootOfHalf: UInt64 = 0x3FE6_A09E_667F_3BCD
        let exponent = Int64(bitPattern: bits &- rootOfHalf) &>> 52
        return (
            Int32(truncatingIfNeeded: exponent) &- (subnormal ? 53 : 0),
            Double(bitPattern: bits &- UInt64(bitPattern: exponent &<< 52))
        )
    }

    @inline(__always) static func converting(_ value: Int32) -> Double { Double(value) }
    @inline(__always) static func converting(_ value: UInt64) -> Double { Double(value) }

    static func integerParts(_ x: Double) -> (integer: UInt64, exponent: Int) {
        let fraction = UInt64(x.bitPattern & 0x000F_FFFF_FFFF_FFFF)
        let biased = Int(truncatingIfNeeded: (x.bitPattern >> 52) & 0x7FF)
        return biased == 0 ? (fraction, -1074) : (fraction | 0x0010_0000_0000_0000, biased - 1075)
    }

    @inline(__always) static func expTail(_ r: Double) -> Double {
        var p: Double = 0x1.af84634b2b886p-26
        p = p * r + 0x1.28aeba9f623dbp-22
        p = p * r + 0x1.71dde0b60a5edp-19
        p = p * r + 0x1.a01998a9c7652p-16
        p = p * r + 0x1.a01a01ba5c76ep-13
        p = p * r + 0x1.6c16c184aced9p-10
        p = p * r + 0x1.111111110d83bp-7
        p = p * r + 0x1.5555555550624p-5
        p = p * r + 0x1.555555555556p-3
        p = p * r + 0x1.000000000000ap-1
        return p
    }

    @inline(__always) static func logTail(_ z: Double) -> Double {
        var p: Double = 0x1.0eee62b6d6904p-3
        p = p * z + 0x1.0f6b2d6e9daa8p-3
        p = p * z + 0x1.3b1ff20d5d98p-3
        p = p * z + 0x1.745ce31a07dfap-3
        p = p * z + 0x1.c71c7246914ecp-3
        p = p * z + 0x1.249249243e381p-2
        p = p * z + 0x1.9999999999cccp-2
        p = p * z + 0x1.5555555555555p-1
        return p
    }

    @inline(__always) static func erfTail(_ z: Double) -> Double {
        var p: Double = -0x1.acdff90b8ebd8p-31
        p = p * z + 0x1.d784936618cc2p-27
        p = p * z - 0x1.5c16e30fb0d45p-23
        p = p * z + 0x1.b9827b1885f9bp-20
        p = p * z - 0x1.f4ca94990cb86p-17
        p = p * z + 0x1.f9a2bf73f0c68p-14
        p = p * z - 0x1.c02db072f3fep-11
        p = p * z + 0x1.565bccfa9a825p-8
        p = p * z - 0x1.b82ce312062bcp-6
        p = p * z + 0x1.ce2f21a041018p-4
        p = p * z - 0x1.812746b0379c2p-2
        p = p * z + 0x1.06eba8214db68p-3
        return p
    }

    @inline(__always) static func tanhTail(_ z: Double) -> Double {
        var p: Double = 0x1.9d50e4bb8be24p-18
        p = p * z - 0x1.ff1d2e5c5f84fp-16
        p = p * z + 0x1.813d836e5888dp-14
        p = p * z - 0x1.f16a60c844229p-13
        p = p * z + 0x1.3513d68acf43ap-11
        p = p * z - 0x1.7d9d3fcf20314p-10
        p = p * z + 0x1.d6d370edc0329p-9
        p = p * z - 0x1.226e3371aa7a5p-7
        p = p * z + 0x1.664f48767f90fp-6
        p = p * z - 0x1.ba1ba1b9f02b6p-5
        p = p * z + 0x1.1111111110ee8p-3
        p = p * z - 0x1.5555555555554p-2
        return p
    }

    @inline(__always) static func sinTail(_ z: Double) -> Double {
        var p: Double = -0x1.aaafb43a70bbdp-41
        p = p * z + 0x1.6120aa806ad64p-33
        p = p * z - 0x1.ae6452c32c72cp-26
        p = p * z + 0x1.71de3a536010cp-19
        p = p * z - 0x1.a01a01a018d23p-13
        p = p * z + 0x1.111111111110cp-7
        p = p * z - 0x1.5555555555555p-3
        return p
    }

    @inline(__always) static func cosTail(_ z: Double) -> Double {
        var p: Double = 0x1.ab0dbfc23033ep-45
        p = p * z - 0x1.9393e2d50c4f4p-37
        p = p * z + 0x1.1eed8d44d61cfp-29
        p = p * z - 0x1.27e4fb76979cbp-22
        p = p * z + 0x1.a01a01a01979ep-16
        p = p * z - 0x1.6c16c16c16c15p-10
        p = p * z + 0x1.5555555555555p-5
        return p
    }

    @inline(__always) static func erfcxBody(_ t: Double) -> Double {
        var p: Double = -0x1.b83e76da4f84dp-26
        p = p * t + 0x1.7c63c9f40db5bp-24
        p = p * t + 0x1.8e0d863f170bap-24
        p = p * t - 0x1.b36c28393013ap-21
        p = p * t + 0x1.2af0d25646cdep-22
        p = p * t + 0x1.7ed2f171f40a6p-18
        p = p * t - 0x1.784f8bcc19d1bp-17
        p = p * t - 0x1.9955342c2aa6cp-16
        p = p * t + 0x1.3bdf5692f9aa5p-13
        p = p * t - 0x1.a1df3060d80c1p-13
        p = p * t - 0x1.8d4a903a1e0c5p-11
        p = p * t + 0x1.49c67284146dep-8
        p = p * t - 0x1.0962388d026d5p-6
        p = p * t + 0x1.3079edf6a2cdbp-5
        p = p * t - 0x1.0fb06dfe2b2d5p-4
        p = p * t + 0x1.7fee004e11315p-4
        p = p * t - 0x1.9ddb23c3e9f6fp-4
        p = p * t + 0x1.16ecefcfa540bp-4
        p = p * t + 0x1.f7f5df66fd91ep-7
        p = p * t - 0x1.1df1ad154a28fp-3
        p = p * t + 0x1.3ba5916e9fd7fp0
        return p
    }
}
