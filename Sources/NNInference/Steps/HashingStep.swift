extension BucketHash {
    /// The bucket of a text, of `buckets`.
    func bucket(of text: TextSlice, buckets: Int) -> Int32 {
        let hash = function == .sipHash ? SipHash.hash(text, key: (key[0], key[1])) : FarmHash.fingerprint(text)
        return Int32(truncatingIfNeeded: hash % UInt64(buckets))
    }

    /// The bucket of a whole number.
    func bucket(of number: Int64, buckets: Int, digits: DecimalDigits) -> Int32 {
        guard function == .remainder else { return bucket(of: digits.text(of: number), buckets: buckets) }
        let remainder = number % Int64(buckets)
        return Int32(truncatingIfNeeded: remainder < 0 ? remainder + Int64(buckets) : remainder)
    }
}

/// Memory in which a whole number is written as decimal digits.
struct DecimalDigits {
    /// The sign and 19 digits.
    static let byteCount = 20

    let memory: Region<UInt8>

    /// The digits, until the next number is written.
    func text(of number: Int64) -> TextSlice {
        var start = memory.count
        var rest = number.magnitude
        repeat {
            start -= 1
            memory[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if number < 0 {
            start -= 1
            memory[start] = UInt8(ascii: "-")
        }
        return TextSlice(base: UnsafePointer(memory.base + start), count: memory.count - start)
    }
}

/// Gives each element a bucket.
struct HashingStep<Number: Scalar> {
    enum Input {
        case texts(Region<TextSlice>, masked: TextSlice?)
        case wholeNumbers(WholeNumbers<Number>, masked: Int64?)
        /// Compared as they are, hashed as whole numbers.
        case numbers(Region<Number>, masked: Number?)
    }

    let input: Input
    let output: Region<Int32>
    let hash: BucketHash
    let bins: Int
    let digits: DecimalDigits

    func run() throws(RunError) {
        switch input {
        case .texts(let texts, let masked):
            for position in 0..<texts.count {
                let text = texts[position]
                let isMasked = masked.map { $0.compared(to: text) == 0 } ?? false
                output[position] = isMasked ? 0 : first(masked != nil) + hash.bucket(of: text, buckets: buckets(masked != nil))
            }
        case .wholeNumbers(let numbers, let masked):
            for position in 0..<numbers.count { try place(numbers[position], at: position, isMasked: numbers[position] == masked, masked != nil) }
        case .numbers(let numbers, let masked):
            let whole = WholeNumbers.numbers(numbers)
            for position in 0..<numbers.count { try place(whole[position], at: position, isMasked: numbers[position] == masked, masked != nil) }
        }
    }

    private func place(_ number: Int64?, at position: Int, isMasked: Bool, _ hasMask: Bool) throws(RunError) {
        guard let number else { throw RunError.notAnIndex(position: position) }
        output[position] = isMasked ? 0 : first(hasMask) + hash.bucket(of: number, buckets: buckets(hasMask), digits: digits)
    }

    private func first(_ hasMask: Bool) -> Int32 { hasMask ? 1 : 0 }
    private func buckets(_ hasMask: Bool) -> Int { hasMask ? bins - 1 : bins }
}

extension Hashing {
    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int { DecimalDigits.byteCount }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let source: HashingStep<Number>.Input
        switch planner.type(of: input) {
        case .text:
            var text: TextSlice?
            if let masked {
                let bytes = try planner.elements(masked, as: UInt8.self, .uint8)
                text = TextSlice(base: UnsafePointer(bytes.base), count: bytes.count)
            }
            source = .texts(try planner.texts(input), masked: text)
        case .number:
            var number: Number?
            if let masked { number = (try planner.vector(masked) as Region<Number>)[0] }
            source = .numbers(try planner.numbers(input), masked: number)
        default:
            var number: Int64?
            if let masked { number = try planner.elements(masked, as: Int64.self, .int64)[0] }
            source = .wholeNumbers(try planner.wholeNumbers(input), masked: number)
        }
        return .hashing(
            HashingStep(
                input: source, output: try planner.integers(planner.firstResult), hash: hash, bins: bins,
                digits: DecimalDigits(memory: planner.scratch()[0..<DecimalDigits.byteCount])))
    }
}
