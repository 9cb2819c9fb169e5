import KerasFiles
import NNInference

/// What happens at a step: the cell of SimpleRNN, LSTM or GRU, with its weights.
struct RecurrentCell {
    struct Class: Sendable {
        /// Of the layer; the cell's is this and `Cell`.
        var name: String
        /// Matrices side by side in the kernels.
        var gates: Int
        var keys: [KeyDeclaration]
    }

    static let classes = [
        Class(name: "SimpleRNN", gates: 1, keys: keys),
        Class(name: "LSTM", gates: 4, keys: keys + [.used(recurrentActivation), .withoutEffect("unit_forget_bias")]),
        Class(name: "GRU", gates: 3, keys: keys + [.used(recurrentActivation), .used(resetAfter)]),
    ]

    private static let units = ConfigKey<Int>("units", .integer(from: 1))
    private static let activation = ConfigKey<Activation>("activation", .elementwiseActivation, default: "tanh")
    static let recurrentActivation = ConfigKey<Activation>("recurrent_activation", .elementwiseActivation, default: "sigmoid")
    private static let useBias = ConfigKey<Bool>("use_bias", .boolean, default: true)
    /// Files of releases that did not have the option yet mean false.
    private static let resetAfter = ConfigKey<Bool>("reset_after", .boolean, default: false)

    private static let keys: [KeyDeclaration] =
        [.used(units), .used(activation), .used(useBias)] + .withoutEffect("dropout", "recurrent_dropout", "seed")
        + .training("kernel", "recurrent", "bias")

    /// The layer or cell that has the keys and the weights.
    private let layer: KerasLayer
    private let cellClass: Class
    private let kind: Recurrent.Cell
    private let arranged: CuDNNWeights?

    /// - Parameter arranged: tells how the weights come into Keras's order, if they are in another one.
    init(_ layer: KerasLayer, kind name: String, arranged: CuDNNWeights? = nil) throws(Refusal) {
        guard let cellClass = Self.classes.first(where: { $0.name == name }) else { throw Refusal(layer, .unknownClass) }
        self.layer = layer
        self.cellClass = cellClass
        self.arranged = arranged
        kind =
            switch name {
            case "LSTM": .lstm
            case "GRU": try layer[Self.resetAfter] ? .gruResetAfter : .gru
            default: .simple
            }
    }

    /// Appends the cell's way through all steps.
    func append(_ input: ValueID, mask: ValueID?, _ flags: Recurrent.Flags, _ builder: inout ProgramBuilder) throws(Refusal) -> ValueID {
        try builder.require(rank: 3, of: input)
        let units = try layer[Self.units]
        let (columns, overflow) = units.multipliedReportingOverflow(by: cellClass.gates)
        guard !overflow else { throw Refusal(layer, .shape(.overflow)) }
        let kernel = try weight("kernel", [builder.shape(input)[2], columns], layout: .panels, &builder)
        let recurrentKernel = try weight("recurrent_kernel", [units, columns], layout: .panels, &builder)
        let bias = try layer[Self.useBias] ? weight("bias", kind == .gruResetAfter ? [2, columns] : [columns], layout: .rowMajor, &builder) : nil
        return try builder.append(
            .recurrent(
                Recurrent(
                    cell: kind, flags: flags, input: input, mask: mask, kernel: kernel, recurrentKernel: recurrentKernel, bias: bias,
                    activation: try layer[Self.activation],
                    recurrentActivation: kind == .simple ? .linear : try layer[Self.recurrentActivation])))
    }

    private func weight(
        _ role: String, _ shape: [Int], layout: TensorLayout, _ builder: inout ProgramBuilder
    ) throws(Refusal) -> TensorID {
        guard let arranged else { return try builder.weight(role, of: layer, shape: shape, layout: layout) }
        guard let weight = arranged.weights(of: layer)?.first(where: { $0.role == role }), weight.tensor.shape == shape else {
            throw Refusal(layer, .weightShape(role: role, expected: shape, found: layer.weight(role)?.shape ?? []))
        }
        return try builder.weight(role, of: layer, layout: layout) { _ in weight.tensor }
    }
}

/// RNN, and the cells that it is made of.
enum RecurrentCellLayers {
    static let definitions = [recurrent, stack] + RecurrentCell.classes.map(cell)

    private static let cellClassNames = RecurrentCell.classes.map { $0.name + "Cell" }

    private static let recurrent = LayerDefinition(
        "RNN", keys: .commonWithActivityRegularizer + StepKeys.declarations, rules: [hasCells, knownCells]
    ) { call, builder throws(Refusal) in
        let cells = try cells(of: call.layer)
        return try StepKeys.lower(call, &builder) { input, mask, flags, builder throws(Refusal) in
            var value = input
            // At each step a cell is given what the one before it has made: so it is one layer after the other.
            for (index, cell) in cells.enumerated() {
                let isLast = index == cells.count - 1
                value = try builder.lower(part: cell) { builder throws(Refusal) in
                    try RecurrentCell(cell, kind: String(cell.className.dropLast("Cell".count)))
                        .append(value, mask: mask, isLast ? flags : flags.union(.returnsSequences), &builder)
                }
                // The next one goes from the end of the steps, too.
                if !isLast, flags.contains(.reversed) { value = try builder.append(.reversal(Reversal(input: value, axis: 1))) }
            }
            return value
        }
    }

    private static func cells(of layer: KerasLayer) throws(Refusal) -> [KerasLayer] {
        guard let cell = layer.child(.cell) else { throw Refusal(layer, key: "cell", .missingLayer) }
        let cells = cell.className == stack.className ? cell.children : [cell]
        guard !cells.isEmpty else { throw Refusal(cell, key: "cells", .missingLayer) }
        return cells
    }

    private static let hasCells = LayerRule("cell", is: .hasLayer) { layer throws(Refusal) in _ = try cells(of: layer) }

    private static let knownCells = LayerRule("cell", is: .layers(cellClassNames + ["StackedRNNCells"])) { layer throws(Refusal) in
        for cell in try cells(of: layer) where !cellClassNames.contains(cell.className) {
            throw Refusal(cell, .unsupportedInside(wrapper: layer.className))
        }
    }

    // MARK: What stands in an RNN only

    private static let stack = LayerDefinition("StackedRNNCells", keys: .common) { call, _ throws(Refusal) in throw call.refusal(.missingLayer) }

    private static func cell(_ cell: RecurrentCell.Class) -> LayerDefinition {
        LayerDefinition(cell.name + "Cell", keys: .common + cell.keys + .withoutEffect("implementation")) { call, _ throws(Refusal) in
            throw call.refusal(.missingLayer)
        }
    }
}
