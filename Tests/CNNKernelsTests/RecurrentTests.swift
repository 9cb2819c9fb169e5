import CNNKernels
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct RecurrentTests {
    private static let units = [1, 3, 8, 16, 17, 33, 100]

    private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    @Test(arguments: InstructionSet.supported)
    func `an LSTM step`(set: InstructionSet) {
        var numbers = SeededNumbers(seed: 1)
        for units in Self.units {
            let z = GuardedFloats(numbers.floats(4 * units, in: -5...5)), c = GuardedFloats(numbers.floats(units, in: -3...3))
            let h = GuardedFloats(count: units)
            let before = c.values
            set.kernels.lstm_cell(z.pointer, c.pointer, h.pointer, units)
            for i in 0..<units {
                let gates = (0..<4).map { Double(z.pointer[$0 * units + i]) }
                let cell = sigmoid(gates[1]) * Double(before[i]) + sigmoid(gates[0]) * tanh(gates[2])
                #expect(abs(Double(c.pointer[i]) - cell) < 1e-6)
                #expect(abs(Double(h.pointer[i]) - sigmoid(gates[3]) * tanh(cell)) < 5e-7)
            }
        }
    }

    /// In any number that weights are stored as, and with more units than one segment of a sum has.
    @Test(arguments: InstructionSet.supported, [32, 96, 544])
    func `an LSTM step at once has the bits of its parts`(set: InstructionSet, units: Int) {
        var numbers = SeededNumbers(seed: 3)
        let x = numbers.floats(4 * units), h = GuardedFloats(numbers.floats(units)), c = numbers.floats(units)
        let weights = numbers.floats(4 * units * units, in: -0.5...0.5)
        let floats = GuardedFloats(weights), halves = Guarded(weights.map { UInt16($0.bitPattern >> 16) }), bytes = Guarded(weights.map { Int8($0 * 9) })
        for panels in [
            nn_panels(elements: floats.pointer, number: NN_FLOAT32), nn_panels(elements: halves.pointer, number: NN_BFLOAT16),
            nn_panels(elements: bytes.pointer, number: NN_INT8),
        ] {
            let z = GuardedFloats(x), expectedCell = GuardedFloats(c), expected = GuardedFloats(count: units)
            var epilogue = nn_epilogue(scale: nil, shift: nil, lower: -.infinity, upper: .infinity, accumulate: 1)
            set.kernels.matmul(h.pointer, units, panels, 1, units, 4 * units, 0, 4 * units, z.pointer, 4 * units, &epilogue)
            set.kernels.lstm_cell(z.pointer, expectedCell.pointer, expected.pointer, units)

            let gates = GuardedFloats(x), cell = GuardedFloats(c), found = GuardedFloats(count: units)
            set.kernels.lstm_step(h.pointer, panels, gates.pointer, cell.pointer, found.pointer, units, 32, units)
            set.kernels.lstm_step(h.pointer, panels, gates.pointer, cell.pointer, found.pointer, units, 0, 32)
            #expect(found.values.map(\.bitPattern) == expected.values.map(\.bitPattern))
            #expect(cell.values.map(\.bitPattern) == expectedCell.values.map(\.bitPattern))
            #expect(gates.values == x)
        }
    }

    @Test(arguments: InstructionSet.supported)
    func `a GRU step, reset after and before`(set: InstructionSet) {
        var numbers = SeededNumbers(seed: 2)
        for units in Self.units {
            let x = GuardedFloats(numbers.floats(3 * units, in: -4...4)), r = GuardedFloats(numbers.floats(3 * units, in: -4...4))
            let h = GuardedFloats(numbers.floats(units))
            let before = h.values.map(Double.init)
            set.kernels.gru_cell_reset_after(x.pointer, r.pointer, h.pointer, units)
            func gate(_ gate: Int, _ i: Int) -> Double { Double(x.pointer[gate * units + i]) }
            func recurrent(_ gate: Int, _ i: Int) -> Double { Double(r.pointer[gate * units + i]) }
            for i in 0..<units {
                let z = sigmoid(gate(0, i) + recurrent(0, i)), reset = sigmoid(gate(1, i) + recurrent(1, i))
                let candidate = tanh(gate(2, i) + reset * recurrent(2, i))
                #expect(abs(Double(h.pointer[i]) - (z * before[i] + (1 - z) * candidate)) < 1e-6)
            }

            let state = GuardedFloats(before.map(Float.init)), z = GuardedFloats(count: units), rh = GuardedFloats(count: units)
            set.kernels.gru_gates(x.pointer, state.pointer, z.pointer, rh.pointer, units)
            set.kernels.gru_update(x.pointer + 2 * units, z.pointer, state.pointer, units)
            for i in 0..<units {
                #expect(abs(Double(z.pointer[i]) - sigmoid(gate(0, i))) < 3e-7)
                #expect(abs(Double(rh.pointer[i]) - sigmoid(gate(1, i)) * before[i]) < 3e-7)
                let exact = sigmoid(gate(0, i)) * before[i] + (1 - sigmoid(gate(0, i))) * tanh(gate(2, i))
                #expect(abs(Double(state.pointer[i]) - exact) < 5e-7)
            }
        }
    }
}
