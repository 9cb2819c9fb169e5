import Testing

@testable import NNInference

@Suite struct ActivationTests {
    @Test(arguments: ActivationReferences.all)
    func doubleAgreesWithTheFormula(_ reference: ActivationReference) {
        for (x, exact) in zip(ActivationReferences.arguments, reference.values) {
            let error = abs(reference.activation(x) - exact)
            #expect(error <= 1e-15 || error <= 1e-14 * abs(exact), "\(x)")
        }
    }

    /// Far closer than the 1e-5 (absolute) or 1e-4 (relative) that is asked of whole models.
    @Test(arguments: ActivationReferences.all)
    func floatAgreesWithTheFormula(_ reference: ActivationReference) {
        for (x, exact) in zip(ActivationReferences.arguments, reference.values) {
            let value = reference.activation(Float(x))
            if value == Float(exact) { continue }
            let error = abs(Double(value) - exact)
            #expect(error <= 1e-7 || error <= 1e-6 * abs(exact), "\(x)")
        }
    }

    @Test(arguments: ActivationReferences.all)
    func infinitiesAndNaNAreThoseOfKeras(_ reference: ActivationReference) {
        for (x, expected) in zip([-Float.infinity, .infinity, .nan], reference.specials) {
            for value in [reference.activation(x), Float(reference.activation(Double(x)))] {
                let agrees = expected.isNaN ? value.isNaN : abs(value - expected) <= 1e-6 || value == expected
                #expect(agrees, "\(x): \(value), not \(expected)")
            }
        }
    }

    @Test(arguments: ActivationReferences.all)
    func applyIsTheFunctionOfEveryElement(_ reference: ActivationReference) {
        let arguments = ActivationReferences.arguments.map { Float($0) } + [.infinity, -.infinity, .nan]
        var values = arguments
        var span = values.mutableSpan
        reference.activation.apply(&span)
        for (x, value) in zip(arguments, values) {
            let alone = reference.activation(x)
            #expect(value == alone || value.isNaN && alone.isNaN, "\(x)")
        }
    }

    @Test func everyFunctionHasAReference() {
        let referenced = Set(ActivationReferences.all.map(\.activation.function))
        #expect(referenced == Set(ActivationFunction.allCases))
    }

    /// The numbers are in files.
    @Test func rawValuesAreStable() {
        let names = [
            "linear", "relu", "leakyRelu", "reluGeneral", "sigmoid", "tanh", "exponential", "elu", "selu", "celu",
            "softplus", "softsign", "silu", "geluExact", "geluTanh", "mish", "hardSigmoid", "hardSilu", "hardTanh",
            "hardShrink", "softShrink", "tanhShrink", "logSigmoid", "sparsePlus", "sparseSigmoid", "squareplus",
            "threshold", "squareRoot", "logarithm",
        ]
        #expect(ActivationFunction.allCases.map { "\($0)" } == names)
        #expect(ActivationFunction.allCases.map { Int($0.rawValue) } == Array(names.indices))
        #expect(
            ActivationFunction.allCases.map(\.parameterCount)
                == [0, 0, 1, 3, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 1, 0, 0, 0, 0, 1, 2, 1, 1])
    }

    @Test func reluTakesItsSimplestForm() {
        #expect(Activation.relu() == .relu)
        #expect(Activation.relu(maxValue: .infinity) == .relu)
        #expect(Activation.relu(negativeSlope: 0.25) == .leakyRelu(0.25))
        #expect(Activation.relu(maxValue: 6) == .relu6)
        #expect(Activation.relu6 == Activation(.reluGeneral, 6, 0, 0))
        #expect(Activation.relu(threshold: 1) == Activation(.reluGeneral, .infinity, 0, 1))
    }

    /// Facts of Keras that are easy to get wrong: the threshold itself belongs to the lower branch; below it, a slope
    /// of 0 gives 0 even for minus infinity.
    @Test func thresholdsAreStrict() {
        #expect(Activation.relu(threshold: 1.5)(1.5 as Float) == 0)
        #expect(Activation.relu(threshold: 1.5)(Float(1.5).nextUp) == Float(1.5).nextUp)
        #expect(Activation.relu(negativeSlope: 0.5, threshold: 2)(2 as Float) == 0)
        #expect(Activation.relu(negativeSlope: 0.5, threshold: 2)(1 as Float) == -0.5)
        #expect(Activation.threshold(0.5, value: -2)(0.5 as Float) == -2)
        #expect(Activation.hardShrink(0.5)(-0.5 as Float) == 0)
        #expect(Activation.relu(threshold: 1)(-Float.infinity) == 0)
    }

    /// The two hard_sigmoids differ: 0.2 x + 0.5 before Keras 3, x/6 + 0.5 since.
    @Test func hardSigmoids() {
        #expect(Activation.hardSigmoidKeras2(2.5 as Float) == 1)
        #expect(abs(Activation.hardSigmoid(2.5 as Float) - 0.9166667) < 1e-6)
        #expect(Activation.hardSigmoid(3 as Float) == 1)
        #expect(Activation.hardSigmoid(-3 as Float) == 0)
    }
}
