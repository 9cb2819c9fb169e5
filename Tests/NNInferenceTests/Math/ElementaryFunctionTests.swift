import Testing

@testable import NNInference

/// The distance of `value` from the exact result, in ulp of the exact result rounded to the format.
private func ulps<T: BinaryFloatingPoint>(_ value: T, from exact: Double) -> Double {
    let rounded = T(exact)
    if value == rounded { return 0 }
    guard value.isFinite, rounded.isFinite else { return .infinity }
    return abs(Double(value) - exact) / Double(rounded.ulp)
}

private struct ElementaryCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var float: @Sendable (Float) -> Float
    var double: @Sendable (Double) -> Double
    var references: [(x: Double, y: Double)]
    /// The bounds that `Scalar` documents. The references are rounded, which adds half an ulp for `Double`.
    var limit: Double
    /// At -inf, -1, -0, 0, 1, inf (C, Annex F), where it has a fixed value.
    var specials: [(x: Double, y: Double)]
}

private let elementaryCases: [ElementaryCase] = [
    ElementaryCase(
        testDescription: "exp", float: Float.exp, double: Double.exp, references: ElementaryReferences.exp, limit: 1.1,
        specials: [(-.infinity, 0), (-0.0, 1), (0, 1), (.infinity, .infinity), (-1e30, 0), (1e30, .infinity)]),
    ElementaryCase(
        testDescription: "expm1", float: Float.expm1, double: Double.expm1, references: ElementaryReferences.expm1,
        limit: 1.5,
        specials: [(-.infinity, -1), (-0.0, -0.0), (0, 0), (.infinity, .infinity), (-1e30, -1), (1e30, .infinity)]),
    ElementaryCase(
        testDescription: "log", float: Float.log, double: Double.log, references: ElementaryReferences.log, limit: 1,
        specials: [
            (-.infinity, .nan), (-1, .nan), (-0.0, -.infinity), (0, -.infinity), (1, 0), (.infinity, .infinity),
        ]),
    ElementaryCase(
        testDescription: "log1p", float: Float.log1p, double: Double.log1p, references: ElementaryReferences.log1p,
        limit: 1,
        specials: [(-.infinity, .nan), (-2, .nan), (-1, -.infinity), (-0.0, -0.0), (0, 0), (.infinity, .infinity)]),
    ElementaryCase(
        testDescription: "tanh", float: Float.tanh, double: Double.tanh, references: ElementaryReferences.tanh,
        limit: 1.5, specials: [(-.infinity, -1), (-0.0, -0.0), (0, 0), (.infinity, 1), (1e30, 1)]),
    ElementaryCase(
        testDescription: "sigmoid", float: Float.sigmoid, double: Double.sigmoid,
        references: ElementaryReferences.sigmoid, limit: 3,
        specials: [(-.infinity, 0), (-0.0, 0.5), (0, 0.5), (.infinity, 1), (-1e30, 0)]),
    ElementaryCase(
        testDescription: "erf", float: Float.erf, double: Double.erf, references: ElementaryReferences.erf, limit: 2,
        specials: [(-.infinity, -1), (-0.0, -0.0), (0, 0), (.infinity, 1), (1e30, 1)]),
    ElementaryCase(
        testDescription: "erfc", float: Float.erfc, double: Double.erfc, references: ElementaryReferences.erfc,
        limit: 6, specials: [(-.infinity, 2), (-0.0, 1), (0, 1), (.infinity, 0), (1e30, 0)]),
    ElementaryCase(
        testDescription: "sin", float: Float.sin, double: Double.sin, references: ElementaryReferences.sin, limit: 1.5,
        specials: [(-.infinity, .nan), (-0.0, -0.0), (0, 0), (.infinity, .nan)]),
    ElementaryCase(
        testDescription: "cos", float: Float.cos, double: Double.cos, references: ElementaryReferences.cos, limit: 1.5,
        specials: [(-.infinity, .nan), (-0.0, 1), (0, 1), (.infinity, .nan)]),
]

/// Equal as results: the same number with the same sign of zero, or both NaN.
private func same<T: BinaryFloatingPoint>(_ a: T, _ b: T) -> Bool {
    a.isNaN ? b.isNaN : a == b && a.sign == b.sign
}

@Suite struct ElementaryFunctionTests {
    @Test(arguments: elementaryCases)
    private func agreesWithReferences(_ function: ElementaryCase) {
        for (x, y) in function.references {
            #expect(ulps(function.double(x), from: y) <= function.limit + 0.5, "Double, \(x)")
            #expect(ulps(function.float(Float(x)), from: y) <= function.limit, "Float, \(x)")
        }
    }

    @Test(arguments: elementaryCases)
    private func specialValues(_ function: ElementaryCase) {
        for (x, y) in function.specials {
            #expect(same(function.double(x), y), "Double, \(x)")
            #expect(same(function.float(Float(x)), Float(y)), "Float, \(x)")
        }
        #expect(function.double(.nan).isNaN)
        #expect(function.float(.nan).isNaN)
    }

    /// The Float functions over the whole format, against the Double functions that the references vouch for.
    @Test(arguments: elementaryCases)
    private func floatAgreesWithDouble(_ function: ElementaryCase) {
        var worst = 0.0
        for bits in stride(from: UInt64(0), through: 0xFFFF_FFFF, by: 524_309) {
            let x = Float(bitPattern: UInt32(bits))
            let value = function.float(x)
            let exact = function.double(Double(x))
            if value.isNaN && exact.isNaN { continue }
            worst = max(worst, ulps(value, from: exact))
        }
        #expect(worst <= function.limit)
    }

    @Test func exponentialsAtTheEdgesOfTheFormats() {
        #expect(Float.exp(88.72283) < .infinity && Float.exp(88.72284) == .infinity)
        #expect(Float.exp(-103.97207) == .leastNonzeroMagnitude && Float.exp(-103.97209) == 0)
        #expect(Double.exp(709.782712893384) < .infinity && Double.exp(709.7827128933841) == .infinity)
        #expect(Double.exp(-745.1332191019411) == .leastNonzeroMagnitude && Double.exp(-745.1332191019412) == 0)
        #expect(Double.log(.leastNonzeroMagnitude) == -744.4400719213812)
        #expect(Double.log(.greatestFiniteMagnitude) == 709.782712893384)
        #expect(Float.expm1(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
        #expect(Double.log1p(-.leastNonzeroMagnitude) == -.leastNonzeroMagnitude)
    }

    /// Tested on every target, although only one uses it.
    @Test func portableSquareRootRoundsLikeTheHardware() {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<20_000 {
            let double = Double(bitPattern: generator.next() >> 1)
            let float = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next() >> 33))
            if !double.isNaN { #expect(Double.portableRoot(double) == double.squareRoot()) }
            if !float.isNaN { #expect(Float.portableRoot(float) == float.squareRoot()) }
        }
        #expect(same(Float.portableRoot(-0.0), -0.0))
        #expect(Float.portableRoot(-1).isNaN && Float.portableRoot(.nan).isNaN)
        #expect(Double.portableRoot(.infinity) == .infinity)
        #expect(Double.portableRoot(.leastNonzeroMagnitude) == Double.leastNonzeroMagnitude.squareRoot())
    }

    @Test func powers() {
        for (x, y, z) in ElementaryReferences.pow {
            #expect(ulps(Double.pow(x, y), from: z) <= 1.5, "Double, \(x)^\(y)")
            #expect(ulps(Float.pow(Float(x), Float(y)), from: z) <= 1, "Float, \(x)^\(y)")
        }
        let inf = Double.infinity
        let specials: [(Double, Double, Double)] = [
            (.nan, 0, 1), (1, .nan, 1), (.nan, 1, .nan), (2, .nan, .nan), (0, 2, 0), (-0.0, 3, -0.0), (-0.0, 2, 0),
            (0, -1, inf), (-0.0, -1, -inf), (-0.0, -2, inf), (-2, 3, -8), (-2, 2, 4), (-2, 0.5, .nan), (-1, inf, 1),
            (-1, -inf, 1), (0.5, inf, 0), (0.5, -inf, inf), (2, inf, inf), (2, -inf, 0), (inf, 2, inf), (inf, -2, 0),
            (-inf, 3, -inf), (-inf, 2, inf), (-inf, -3, -0.0), (2, 1e30, inf), (2, -1e30, 0), (-2, 1e30, inf),
            (0.5, 1e30, 0), (4, 0.5, 2), (9, -0.5, 1.0 / 3.0),
        ]
        for (x, y, z) in specials {
            #expect(same(Double.pow(x, y), z), "\(x)^\(y)")
            #expect(same(Float.pow(Float(x), Float(y)), Float(z)), "Float, \(x)^\(y)")
        }
    }
}
