extension Float: ElementaryFormat {
    static var inverseLn2: Float { 0x1.715476p0 }
    static var ln2High: Float { 0x1.62e4p-1 }
    static var ln2Low: Float { 0x1.7f7d1cp-20 }
    static var roundingShift: Float { 0x1.8p23 }
    static var expLowerBound: Float { -104 }
    static var expUpperBound: Float { 89 }

    @inline(__always) static func integer(shifted: Float) -> Int32 {
        Int32(truncatingIfNeeded: shifted.bitPattern &- roundingShift.bitPattern)
    }

    @inline(__always) static func powerOfTwo(_ exponent: Int32) -> Float {
        Float(bitPattern: UInt32(truncatingIfNeeded: exponent &+ 127) &<< 23)
    }

    @inline(__always) var highHalf: Float { Float(bitPattern: bitPattern & 0xFFFF_F000) }

    @inline(__always) static func binaryParts(_ x: Float) -> (exponent: Int32, mantissa: Float) {
        let subnormal = x < leastNormalMagnitude
        let bits = (subnormal ? x * 0x1p24 : x).bitPattern
        let rootOfHalf: UInt32 = 0x3F3504F3
        let exponent = Int32(bitPattern: bits &- rootOfHalf) &>> 23
        return (
            Int32(truncatingIfNeeded: exponent) &- (subnormal ? 24 : 0),
            Float(bitPattern: bits &- UInt32(bitPattern: exponent &<< 23))
        )
    }

    @inline(__always) static func converting(_ value: Int32) -> Float { Float(value) }
    @inline(__always) static func converting(_ value: UInt64) -> Float { Float(value) }

    static func integerParts(_ x: Float) -> (integer: UInt64, exponent: Int) {
        let fraction = UInt64(x.bitPattern & 0x007F_FFFF)
        let biased = Int(truncatingIfNeeded: (x.bitPattern >> 23) & 0xFF)
        return biased == 0 ? (fraction, -149) : (fraction | 0x0080_0000, biased - 150)
    }

    @inline(__always) static func expTail(_ r: Float) -> Float {
        var p: Float = 0x1.6db3aep-10
        p = p * r + 0x1.123b5ap-7
        p = p * r + 0x1.55546p-5
        p = p * r + 0x1.55549p-3
        p = p * r + 0x1p-1
        return p
    }

    @inline(__always) static func logTail(_ z: Float) -> Float {
        var p: Float = 0x1.e2a5b2p-3
        p = p * z + 0x1.243b5cp-2
        p = p * z + 0x1.999a6ep-2
        p = p * z + 0x1.555556p-1
        return p
    }

    @inline(__always) static func erfTail(_ z: Float) -> Float {
        var p: Float = 0x1.4ae4c6p-14
        p = p * z - 0x1.a485f8p-11
        p = p * z + 0x1.5419fap-8
        p = p * z - 0x1.b7fbb6p-6
        p = p * z + 0x1.ce2d2p-4
        p = p * z - 0x1.81273ep-2
        p = p * z + 0x1.06eba8p-3
        return p
    }

    @inline(__always) static func tanhTail(_ z: Float) -> Float {
        var p: Float = -0x1.79b1c6p-8
        p = p * z + 0x1.5318fep-6
        p = p * z - 0x1.b8668p-5
        p = p * z + 0x1.1108a2p-3
        p = p * z - 0x1.55553cp-2
        return p
    }

    @inline(__always) static func sinTail(_ z: Float) -> Float {
        var p: Float = 0x1.6ce33cp-19
        p = p * z - 0x1.a00fd8p-13
        p = p * z + 0x1.111108p-7
        p = p * z - 0x1.555556p-3
        return p
    }

    @inline(__always) static func cosTail(_ z: Float) -> Float {
        var p: Float = -0x1.247ddep-22
        p = p * z + 0x1.a012eap-16
        p = p * z - 0x1.6c16bcp-10
        p = p * z + 0x1.555556p-5
        return p
    }

    @inline(__always) static func erfcxBody(_ t: Float) -> Float {
        var p: Float = 0x1.574bd6p-8
        p = p * t - 0x1.0f23f2p-6
        p = p * t + 0x1.2f6a12p-5
        p = p * t - 0x1.0f707ep-4
        p = p * t + 0x1.800568p-4
        p = p * t - 0x1.9ddff2p-4
        p = p * t + 0x1.16eb82p-4
        p = p * t + 0x1.f7f6fap-7
        p = p * t - 0x1.1df1aap-3
        p = p * t + 0x1.3ba592p0
        return p
    }
}
