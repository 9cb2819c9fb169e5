import KerasFiles
import KerasWriter
import Testing

/// What models were compiled with, in the words of another Keras.
@Suite struct TrainingConfigurationTests {
    private func translated(_ written: JSON, by writer: String, for dialect: KerasDialect = .keras3) throws -> TargetTraining {
        TargetTraining(written, of: try Fixtures.open(writer + "/coffee.h5"), for: dialect)
    }

    private func optimizer(
        _ className: String, _ config: JSON, by writer: String, for dialect: KerasDialect = .keras3
    ) throws -> TargetTraining {
        try translated(
            ["optimizer_config": ["class_name": .string(className), "config": config], "loss": "mean_squared_error"], by: writer, for: dialect)
    }

    @Test func standaloneKerasClipsTheNormOfAllGradientsAndDecays() throws {
        let training = try optimizer(
            "SGD", ["lr": 0.1, "momentum": 0.5, "decay": 0.01, "nesterov": false, "clipnorm": 0.3], by: "keras-2.2.4")
        let config = training.configuration["optimizer"]?["config"]
        #expect(config?["global_clipnorm"] == 0.3)
        #expect(config?["clipnorm"] == JSON?.none)
        #expect(config?["decay"] == JSON?.none)
        #expect(config?["learning_rate"]?["class_name"] == "InverseTimeDecay")
        #expect(config?["learning_rate"]?["config"]?["initial_learning_rate"] == 0.1)
        #expect(config?["learning_rate"]?["config"]?["decay_rate"] == 0.01)
        #expect(config?["learning_rate"]?["config"]?["decay_steps"] == 1)
    }

    @Test func gradientsAreClippedOneByOneInTensorFlow() throws {
        let training = try optimizer("SGD", ["learning_rate": 1, "momentum": 0, "clipnorm": 0.3, "decay": 0.0], by: "tfkeras-2.10")
        #expect(training.configuration["optimizer"]?["config"] == ["learning_rate": 1.0, "momentum": 0.0, "clipnorm": 0.3])
    }

    @Test func epsilonMovesUnderTheRoot() throws {
        for (writer, momentum, expected) in [
            ("tfkeras-2.10", 0.0, 1e-6), ("tfkeras-2.10", 0.9, 1e-3), ("tfkeras-2.15", 0.0, 1e-3), ("keras-2.3.1", 0.0, 1e-6),
        ] {
            let isNew = writer == "tfkeras-2.15"
            var config: JSONObject = ["learning_rate": 0.1, "rho": 0.9, "epsilon": 0.001]
            if writer != "keras-2.3.1" { config["momentum"] = .float(momentum) }
            if isNew { config["is_legacy_optimizer"] = false }
            let training = try optimizer(isNew ? "Custom>RMSprop" : "RMSprop", .object(config), by: writer)
            let epsilon = try #require(training.configuration["optimizer"]?["config"]?["epsilon"]?.doubleValue)
            #expect(abs(epsilon - expected) < 1e-12, "\(writer) \(momentum)")
        }
    }

    @Test func accumulatorsBeginAtZero() throws {
        let training = try optimizer("Adagrad", ["learning_rate": 0.1, "decay": 0.0, "epsilon": 1e-7], by: "keras-2.3.1")
        #expect(training.configuration["optimizer"]?["config"]?["initial_accumulator_value"] == 0.0)
    }

    @Test func whatNadamCallsDecayIsNoDecay() throws {
        let training = try optimizer("Nadam", ["learning_rate": 0.1, "decay": 0.004, "beta_1": 0.9], by: "tfkeras-2.10")
        #expect(training.configuration["optimizer"]?["config"] == ["learning_rate": 0.1, "beta_1": 0.9])
    }

    @Test func anotherOptimizerIsNotPutInPlace() throws {
        for config: JSON in [["learning_rate": 0.1, "clipnorm": 0.3, "clipvalue": 0.1], ["learning_rate": 0.1, "warmth": 3]] {
            let training = try optimizer("SGD", config, by: "tfkeras-2.10")
            #expect(training.configuration.isEmpty)
            #expect(training.dropped.map(\.part) == [.trainingConfiguration])
        }
        let training = try optimizer("Wobble", [:], by: "tfkeras-2.10")
        #expect(training.dropped.map(\.reason) == [.unknownOptimizer("Wobble")])
    }

    @Test func lossesAndMetrics() throws {
        let wrapped: JSON = [
            "class_name": "MeanMetricWrapper", "config": ["name": "accuracy", "dtype": "float32", "fn": "binary_accuracy"],
        ]
        let training = try translated(
            [
                "optimizer_config": ["class_name": "Adam", "config": ["lr": 0.1]], "loss": ["a": "mse", "b": "kullback_leibler_divergence"],
                "loss_weights": ["a": 0.5, "b": 2.0], "metrics": [[wrapped, "mae", "wobble", "acc"]], "sample_weight_mode": "temporal",
            ], by: "tfkeras-2.4")
        #expect(training.configuration["loss"] == ["a": "mean_squared_error", "b": "kl_divergence"])
        #expect(training.configuration["loss_weights"] == ["a": 0.5, "b": 2.0])
        #expect(training.configuration["metrics"]?.arrayValue?.count == 3)
        #expect(training.configuration["metrics"]?[0]?["module"] == "keras.metrics")
        #expect(training.configuration["metrics"]?[0]?["config"]?["fn"]?["config"] == "binary_accuracy")
        #expect(training.configuration["metrics"]?[1] == "mean_absolute_error")
        #expect(training.configuration["metrics"]?[2] == "acc")
        #expect(training.dropped.map(\.reason) == [.unknownFunction("wobble")])
        #expect(training.dropped.map(\.part) == [.metrics])
    }

    @Test func anUnknownLossLeavesTheOptimizer() throws {
        let training = try translated(
            ["optimizer_config": ["class_name": "Adam", "config": ["lr": 0.1]], "loss": "wobble", "metrics": []], by: "keras-2.2.4")
        #expect(training.configuration["loss"] == JSON.null)
        #expect(training.configuration["optimizer"]?["class_name"] == "Adam")
        #expect(training.dropped.map(\.part) == [.loss])
    }

    // MARK: To Keras 2

    private let settings: JSONObject = [
        "name": "o", "learning_rate": 0.1, "weight_decay": nil, "clipnorm": nil, "global_clipnorm": nil, "clipvalue": nil, "use_ema": false,
        "ema_momentum": 0.99, "ema_overwrite_frequency": nil, "loss_scale_factor": nil, "gradient_accumulation_steps": nil,
    ]

    private func older(_ className: String, _ own: JSONObject) throws -> TargetTraining {
        var config = settings
        for (key, value) in own { config[key] = value }
        return try optimizer(className, .object(config), by: "keras-3.15.1", for: .keras2)
    }

    @Test func theOldestOptimizerThatComputesTheSame() throws {
        let adam = try older("Adam", ["beta_1": 0.9, "beta_2": 0.99, "epsilon": 1e-7, "amsgrad": false]).configuration["optimizer"]
        #expect(adam == ["class_name": "Adam", "config": [
            "name": "o", "learning_rate": 0.1, "beta_1": 0.9, "beta_2": 0.99, "epsilon": 1e-7, "amsgrad": false,
        ]])
        let decayed = try older("Adam", ["weight_decay": 0.01, "epsilon": 1e-7]).configuration["optimizer"]
        #expect(decayed?["class_name"] == "Custom>Adam")
        #expect(decayed?["config"]?["weight_decay"] == 0.01)
        #expect(decayed?["config"]?["is_legacy_optimizer"] == false)
        #expect(decayed?["config"]?["loss_scale_factor"] == JSON?.none)
        // With momentum the older one has epsilon under the root, too.
        #expect(try older("RMSprop", ["momentum": 0.0, "epsilon": 1e-7]).configuration["optimizer"]?["class_name"] == "Custom>RMSprop")
        #expect(try older("RMSprop", ["momentum": 0.5, "epsilon": 1e-7]).configuration["optimizer"]?["class_name"] == "RMSprop")
        #expect(try older("Lion", ["beta_1": 0.9]).configuration["optimizer"]?["class_name"] == "Custom>Lion")
        #expect(try older("Muon", [:]).dropped.map(\.reason) == [.unknownOptimizer("Muon")])
        #expect(try older("SGD", ["gradient_accumulation_steps": 4]).dropped.map(\.reason) == [.unknownKey("gradient_accumulation_steps")])
    }

    @Test func lossesAndMetricsInKeras2() throws {
        let loss: JSON = [
            "module": "keras.losses", "class_name": "MeanSquaredError",
            "config": ["name": "m", "reduction": "sum_over_batch_size", "dtype": "float32"], "registered_name": nil,
        ]
        let metric: JSON = [
            "module": "keras.metrics", "class_name": "AUC",
            "config": ["name": "auc", "dtype": ["module": "keras", "class_name": "DTypePolicy", "config": ["name": "float32"]]],
            "registered_name": nil,
        ]
        let training = try translated(
            ["optimizer": "adam", "loss": [loss, "dice"], "metrics": [metric, "pearson_correlation"]], by: "keras-3.15.1", for: .keras2)
        #expect(training.configuration["loss"] == [
            ["class_name": "MeanSquaredError", "config": ["name": "m", "reduction": "sum_over_batch_size"]], .null,
        ])
        #expect(training.configuration["metrics"] == [["class_name": "AUC", "config": ["name": "auc", "dtype": "float32"]]])
        #expect(training.configuration["optimizer"] == ["class_name": "Adam", "config": ["learning_rate": 0.001]])
        #expect(training.dropped.map(\.reason) == [.unknownFunction("dice"), .unknownFunction("pearson_correlation")])
    }
}
