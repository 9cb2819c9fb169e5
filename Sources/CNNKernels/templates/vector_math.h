// Elementary functions of one vector. Polynomials are minimax fits made for these intervals; errors are those of the
// fit, before rounding. Every function here is straight-line code: all lanes take the same path, so a value does not
// depend on its neighbours.

// ---- Exponential ---------------------------------------------------------------------------------------------------

// ln 2 in two parts; the upper one has 9 bits, so its product with an exponent is exact.
static const float ln2_upper = 0.693359375f, ln2_lower = -2.12194440e-4f;
static const float log2_e = 1.44269504088896341f;
/// 1.5 * 2^23: adding it rounds to an integer that can be read from the low bits.
static const float rounder = 12582912.0f;

/// x = exponent * ln 2 + rest, |rest| <= 0.3475. The exponent is also left in `bits`, above those of `rounder`.
LEAF vf reduce(vf x, vu *exponent) {
    const vf shifted = fma_(x, splat(log2_e), splat(rounder));
    const vf n = shifted - splat(rounder);
    *exponent = (vu)shifted - (vu)0x4b400000u;
    return fma_(n, splat(-ln2_lower), fma_(n, splat(-ln2_upper), x));
}

/// e^r - 1 for |r| <= 0.3475; relative error 1.4e-8.
LEAF vf exp_minus_one_reduced(vf r) {
    vf q = splat(1.3882488892e-3f);
    q = fma_(q, r, splat(8.3666915649e-3f));
    q = fma_(q, r, splat(4.1667205363e-2f));
    q = fma_(q, r, splat(1.6666542351e-1f));
    q = fma_(q, r, splat(4.9999998125e-1f));
    return fma_(r * r, q, r);
}

LEAF vf power_of_two(vu exponent) { return (vf)((exponent + 127u) << 23); }

/// e^(x + small) for -104 <= x <= 89, or NaN. The power of two comes in two halves: e^-104 rounds to 0 and e^89 to
/// infinity by themselves, and denormal results are rounded once.
LEAF vf exp_in_range(vf x, vf small) {
    vu exponent;
    const vf r = reduce(x, &exponent) + small;
    const vf y = exp_minus_one_reduced(r) + 1.0f;
    const vu half = (vu)((vi)exponent >> 1);
    return y * power_of_two(half) * power_of_two(exponent - half);
}

LEAF vf vf_exp(vf x) { return exp_in_range(clamp(x, splat(-104.0f), splat(89.0f)), (vf)0.0f); }

/// e^-|x|: the bounded half, for functions that are symmetric in some way.
LEAF vf exp_of_minus_absolute(vf x) { return exp_in_range(at_least(-absolute(x), splat(-104.0f)), (vf)0.0f); }

/// e^x - 1 for x <= 0 or NaN; below -18 the result is -1.
LEAF vf exp_minus_one_of_negative(vf x) {
    vu exponent;
    const vf r = reduce(at_least(x, splat(-18.0f)), &exponent);
    const vf scale = power_of_two(exponent);
    return fma_(exp_minus_one_reduced(r), scale, scale - 1.0f);
}

// ---- Logarithm -----------------------------------------------------------------------------------------------------

/// exponent * ln 2 + ln(1 + f) for f between sqrt(1/2) - 1 and sqrt(2) - 1; relative error 8e-10.
LEAF vf log_reduced(vf f, vf exponent) {
    vf p = splat(6.7477308079e-2f);
    p = fma_(p, f, splat(-1.1677515779e-1f));
    p = fma_(p, f, splat(1.1888696764e-1f));
    p = fma_(p, f, splat(-1.2405340096e-1f));
    p = fma_(p, f, splat(1.4219453070e-1f));
    p = fma_(p, f, splat(-1.6668005185e-1f));
    p = fma_(p, f, splat(2.0002123458e-1f));
    p = fma_(p, f, splat(-2.5000009510e-1f));
    p = fma_(p, f, splat(3.3333312541e-1f));
    const vf square = f * f;
    vf y = fma_(square * f, p, exponent * splat(ln2_lower));
    y = fma_(square, splat(-0.5f), y);
    return fma_(exponent, splat(ln2_upper), f + y);
}

LEAF vf vf_log(vf x) {
    const vi denormal = x < 1.17549435e-38f;
    const vf normal = choose(denormal, x * 8388608.0f, x);
    const vi exponent = (vi)((vu)normal - 0x3f3504f3u) >> 23;  // of the number over sqrt(1/2)
    const vf mantissa = (vf)((vu)normal - ((vu)exponent << 23));
    const vf whole = __builtin_convertvector(exponent, vf) - choose(denormal, splat(23.0f), (vf)0.0f);
    vf y = log_reduced(mantissa - 1.0f, whole);
    y = choose(x == __builtin_inff(), x, y);
    y = choose(x == 0.0f, splat(-__builtin_inff()), y);
    return choose((x < 0.0f) | (x != x), splat(__builtin_nanf("")), y);
}

/// ln(1 + t) for 0 <= t <= 1 or NaN.
LEAF vf log_one_plus_unit(vf t) {
    const vi upper_half = t > 0.41421354f;
    const vf f = choose(upper_half, (t - 1.0f) * 0.5f, t);
    return log_reduced(f, choose(upper_half, (vf)1.0f, (vf)0.0f));
}

// ---- Activations ---------------------------------------------------------------------------------------------------

/// -t / (2 + t) with t = e^(-2|x|) - 1: no cancellation near 0, never above 1.
LEAF vf vf_tanh(vf x) {
    const vf t = exp_minus_one_of_negative(absolute(x) * -2.0f);
    return with_sign_of(-t / (t + 2.0f), x);
}

LEAF vf vf_sigmoid(vf x) {
    const vf e = exp_of_minus_absolute(x);
    return choose(x < 0.0f, e, (vf)1.0f) / (e + 1.0f);
}

/// Where x * f(x) tends to -0 as x falls: keeps -inf * 0 from becoming NaN. Far below where f reaches 0.
LEAF vf above_minus_infinity(vf x) { return at_least(x, splat(-1.0e4f)); }

/// x * sigmoid(y) where y has the sign of x.
LEAF vf times_sigmoid(vf x, vf y) {
    const vf e = exp_of_minus_absolute(y);
    return choose(x < 0.0f, x * e, x) / (e + 1.0f);
}

LEAF vf vf_silu(vf x) {
    const vf bounded = above_minus_infinity(x);
    return times_sigmoid(bounded, bounded);
}

/// Phi(-a) * e^(a^2/2) for 0 <= a <= 14.5; relative error 6e-9. All coefficients are positive: nothing cancels.
LEAF vf scaled_normal_tail(vf a) {
    vf p = splat(4.11669808992e-3f), q = splat(1.03189121439e-2f);
    p = fma_(p, a, splat(4.06358204877e-2f));
    q = fma_(q, a, splat(1.01865341076e-1f));
    p = fma_(p, a, splat(1.83242745088e-1f));
    q = fma_(q, a, splat(4.69490721954e-1f));
    p = fma_(p, a, splat(4.38305058728e-1f));
    q = fma_(q, a, splat(1.20253448838f));
    p = fma_(p, a, splat(5.00000002935e-1f));
    q = fma_(q, a, splat(1.67449509785f));
    q = fma_(q, a, (vf)1.0f);
    return p / q;
}

/// x * Phi(x): the tail t = Phi(-|x|) gives x * t below 0 and x - x * t above.
LEAF vf vf_gelu(vf x) {
    const vf bounded = above_minus_infinity(x);
    const vf a = at_most(absolute(bounded), splat(14.5f));
    // a^2 = upper + lower exactly enough for e^(-a^2/2): `head` has so few bits that its square is exact.
    const vf head = (vf)((vu)a & 0xfffff000u);
    const vf lower = (a - head) * (a + head);
    const vf exponential = exp_in_range(at_least(head * head * -0.5f, splat(-104.0f)), lower * -0.5f);
    const vf part = bounded * (exponential * scaled_normal_tail(a));
    return choose(x < 0.0f, part, choose(x > 14.5f, x, x - part));
}

LEAF vf vf_gelu_tanh(vf x) {
    // 0.5 x (1 + tanh u) = x * sigmoid(2u)
    const vf bounded = above_minus_infinity(x);
    const vf twice_u = bounded * fma_(bounded * bounded, splat(0.0713548162726f), splat(1.59576912161f));
    return times_sigmoid(bounded, twice_u);
}

LEAF vf vf_softplus(vf x) { return at_least(x, (vf)0.0f) + log_one_plus_unit(exp_of_minus_absolute(x)); }
LEAF vf vf_log_sigmoid(vf x) { return at_most(x, (vf)0.0f) - log_one_plus_unit(exp_of_minus_absolute(x)); }
LEAF vf vf_softsign(vf x) {
    // The limit at infinity is 1, not inf / inf.
    return choose(absolute(x) > 1.0e30f, with_sign_of((vf)1.0f, x), x / (absolute(x) + 1.0f));
}

/// tanh(ln(1 + e^x)) = e(e + 2) / (e(e + 2) + 2), written in e^-|x| on both sides.
LEAF vf vf_mish(vf x) {
    const vf bounded = above_minus_infinity(x);
    const vf e = exp_of_minus_absolute(bounded);
    const vi negative = bounded < 0.0f;
    const vf top = choose(negative, e * (e + 2.0f), fma_(e, (vf)2.0f, (vf)1.0f));
    const vf bottom = top + choose(negative, (vf)2.0f, e * e * 2.0f);
    return bounded * (top / bottom);
}

LEAF vf vf_elu(vf x, vf alpha) { return choose(x > 0.0f, x, alpha * exp_minus_one_of_negative(at_most(x, (vf)0.0f))); }
LEAF vf vf_selu(vf x) { return vf_elu(x, splat(1.6732632423543772f)) * 1.0507009873554805f; }

LEAF vf vf_square_root(vf x) { return __builtin_elementwise_sqrt(x); }
LEAF vf vf_reciprocal_square_root(vf x) { return 1.0f / __builtin_elementwise_sqrt(x); }
