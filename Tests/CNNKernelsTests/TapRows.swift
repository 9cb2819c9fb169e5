import CNNKernels

/// Rows of one tensor in guarded memory and a table of pointers to them, some of them to a row of zeros.
struct TapRows {
    let pixels: Int, taps: Int, width: Int
    let offset: Int
    /// nil: the row of zeros.
    let chosen: [Int?]
    let tensor: [Float]
    let storage: GuardedFloats
    let zero: GuardedFloats
    let pointers: [UnsafePointer<Float>]

    /// `width` is the floats of a row. Without `padding` every pointer is to a real row.
    init(pixels: Int, taps: Int, width: Int, padding: Bool, seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        (self.pixels, self.taps, self.width) = (pixels, taps, width)
        let rows = pixels + 5
        offset = Int.random(in: 0...7, using: &numbers)
        tensor = numbers.floats(offset + rows * width)
        storage = GuardedFloats(tensor)
        zero = GuardedFloats([Float](repeating: 0, count: width))
        chosen = (0..<pixels * taps).map { _ in
            padding && Int.random(in: 0..<4, using: &numbers) == 0 ? nil : Int.random(in: 0..<rows, using: &numbers)
        }
        let (base, zeros) = (UnsafePointer(storage.pointer), UnsafePointer(zero.pointer))
        pointers = chosen.map { row in row.map { base + $0 * width } ?? zeros }
    }

    func value(_ pixel: Int, _ tap: Int, _ channel: Int) -> Float {
        chosen[pixel * taps + tap].map { tensor[offset + $0 * width + channel] } ?? 0
    }
}
