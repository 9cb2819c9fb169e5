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
