extension ElementaryFormat {
    static func sine(_ x: Self) -> Self {
        // sin(x) = x to the last bit; keeps the sign of zero.
        if x.magnitude < ulpOfOne { return x }
        let (quarter, r, rLow) = reducedByQuarterTurns(x)
        return quarterTurnValue(quarter, r, rLow)
    }

    static func cosine(_ x: Self) -> Self {
        let (quarter, r, rLow) = reducedByQuarterTurns(x)
        return quarterTurnValue(quarter &+ 1, r, rLow)
    }

    /// sin(quarter * pi/2 + r + rLow).
    private static func quarterTurnValue(_ quarter: UInt64, _ r: Self, _ rLow: Self) -> Self {
        let z = r * r
        let value: Self
        if quarter & 1 == 0 {
            value = r + (r * z * sinTail(z) + rLow)
        } else {
            let half = z * 0.5
            let head = 1 - half
            value = head + (((1 - head) - half) + (z * z * cosTail(z) - r * rLow))
        }
        return quarter & 2 == 0 ? value : -value
    }

    /// x = quarter * pi/2 + r + rLow (modulo whole turns), |r| <= pi/4.
    ///
    /// x * 2/pi modulo 4 in 192-bit integer arithmetic with the bits of 2/pi that matter for the exponent of x (Payne
    /// and Hanek): no argument is too large, and none too near a multiple of pi/2.
    private static func reducedByQuarterTurns(_ x: Self) -> (quarter: UInt64, r: Self, rLow: Self) {
        if x.magnitude <= 0.785 { return (0, x, 0) }
        if !x.isFinite { return (0, .nan, 0) }
        let (m, exponent) = integerParts(x)
        // Bit i of 2/pi stands for 2^-i; those up to exponent - 2 contribute multiples of 4. Take 192 from there.
        let start = exponent - 2
        let a = m.multipliedFullWidth(by: twoOverPiBits(from: start + 128))
        let b = m.multipliedFullWidth(by: twoOverPiBits(from: start + 64))
        let low = a.low
        let (middle, carry) = b.low.addingReportingOverflow(a.high)
        let high = (m &* twoOverPiBits(from: start)) &+ b.high &+ (carry ? 1 : 0)

        // Two bits of quarter turns, then a fraction; to the nearest quarter turn, so the fraction gets a sign.
        var quarter = high >> 62
        var f0 = (high << 2) | (middle >> 62)
        var f1 = (middle << 2) | (low >> 62)
        let below = f0 >> 63 == 1
        if below {
            quarter &+= 1
            (f0, f1) = (~f0, ~f1)  // less one unit of 2^-128: far below what is kept
        }
        // Normalise, multiply by pi/2, and cut the 64 bits into the two parts of r.
        let zeros = f0.leadingZeroBitCount
        let fraction = (f0 << UInt64(zeros)) | (f1 >> UInt64(64 - zeros))
        let product = fraction.multipliedFullWidth(by: 0xC90F_DAA2_2168_C235).high
        let kept = product & (UInt64.max << UInt64(63 - significandBitCount))
        let scale = powerOfTwo(-63 &- Int32(truncatingIfNeeded: zeros))
        let r = converting(kept) * scale
        let rLow = converting(product ^ kept) * scale
        let negative = below != (x < 0)
        if x < 0 { quarter = 0 &- quarter }
        return (quarter, negative ? -r : r, negative ? -rLow : rLow)
    }
}

/// The 64 bits of 2/pi after the first `offset` bits behind the binary point; a negative offset begins with zeros.
private func twoOverPiBits(from offset: Int) -> UInt64 {
    let word = offset >> 6
    let shift = UInt64(offset & 63)
    return (twoOverPiWord(word) << shift) | (twoOverPiWord(word + 1) >> (64 - shift))
}

/// 2/pi in binary, 64 bits behind the point per word: as many as the largest `Double` needs.
private func twoOverPiWord(_ index: Int) -> UInt64 {
    switch index {
    case 0: 0xA2F9_836E_4E44_1529
    case 1: 0xFC27_57D1_F534_DDC0
    case 2: 0xDB62_9599_3C43_9041
    case 3: 0xFE51_63AB_DEBB_C561
    case 4: 0xB724_6E3A_424D_D2E0
    case 5: 0x0649_2EEA_09D1_921C
    case 6: 0xFE1D_EB1C_B129_A73E
    case 7: 0xE882_35F5_2EBB_4484
    case 8: 0xE99C_7026_B45F_7E41
    case 9: 0x3991_D639_8353_39F4
    case 10: 0x9C84_5F8B_BDF9_283B
    case 11: 0x1FF8_97FF_DE05_980F
    case 12: 0xEF2F_118B_5A0A_6D1F
    case 13: 0x6D36_7ECF_27CB_09B7
    case 14: 0x4F46_3F66_9E5F_EA2D
    case 15: 0x7527_BAC7_EBE5_F17B
    case 16: 0x3D07_39F7_8A52_92EA
    case 17: 0x6BFB_5FB1_1F8D_5D08
    case 18: 0x5603_3046_FC7B_6BAB
    case 19: 0xF0CF_BC20_9AF4_361D
    default: 0
    }
}
