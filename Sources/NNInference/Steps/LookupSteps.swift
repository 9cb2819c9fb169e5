/// Finds elements in a table.
struct LookupStep<Number: Scalar> {
    enum Input {
        case texts(Region<TextSlice>)
        case wholeNumbers(WholeNumbers<Number>)
    }

    let input: Input
    let table: VocabularyTable
    let output: Region<Int32>
    let firstBucket: Int32
    let buckets: Int
    let hash: BucketHash
    let digits: DecimalDigits
    /// For the error message.
    let operation: Int

    func run() throws(RunError) {
        switch input {
        case .texts(let texts):
            for position in 0..<texts.count {
                let text = texts[position]
                if let place = table.find(text) {
                    output[position] = place
                } else {
                    try requireBucket(position)
                    output[position] = firstBucket + (buckets == 1 ? 0 : hash.bucket(of: text, buckets: buckets))
                }
            }
        case .wholeNumbers(let numbers):
            for position in 0..<numbers.count {
                guard let number = numbers[position] else { throw RunError.notAnIndex(position: position) }
                if let place = table.find(number) {
                    output[position] = place
                } else {
                    try requireBucket(position)
                    output[position] = firstBucket + (buckets == 1 ? 0 : hash.bucket(of: number, buckets: buckets, digits: digits))
                }
            }
        }
    }

    private func requireBucket(_ position: Int) throws(RunError) {
        guard buckets > 0 else { throw RunError.notInVocabulary(operation: operation, position: position) }
    }
}

extension Lookup {
    func scratchBytes<Number: Scalar>(_ planner: Planner<Number>) throws(ProgramError) -> Int { DecimalDigits.byteCount }

    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let source: LookupStep<Number>.Input =
            planner.type(of: input) == .text ? .texts(try planner.texts(input)) : .wholeNumbers(try planner.wholeNumbers(input))
        return .lookup(
            LookupStep(
                input: source, table: try planner.table(table), output: try planner.integers(planner.firstResult),
                firstBucket: Int32(firstBucket), buckets: buckets, hash: hash,
                digits: DecimalDigits(memory: planner.scratch()[0..<DecimalDigits.byteCount]), operation: planner.operation))
    }
}

/// Gives entries by their places.
struct InverseLookupStep<Number: Scalar> {
    enum Output {
        case integers(Region<Int64>, from: Region<Int64>)
        case texts(Region<TextSlice>, from: Region<UInt8>, Region<UInt32>)
    }

    let input: WholeNumbers<Number>
    let output: Output
    let count: Int
    let fallback: Int

    func run() throws(RunError) {
        for position in 0..<input.count {
            guard let found = input[position] else { throw RunError.notAnIndex(position: position) }
            let place = found >= 0 && found < Int64(count) ? Int(truncatingIfNeeded: found) : fallback
            switch output {
            case .integers(let region, let entries): region[position] = entries[place]
            case .texts(let region, let bytes, let ends): region[position] = VocabularyEntries.text(bytes, ends, place)
            }
        }
    }
}

extension InverseLookup {
    func makeStep<Number: Scalar>(_ planner: inout Planner<Number>) throws(ProgramError) -> Step<Number> {
        let entries = try planner.entries(entries, areSorted: false)
        let output: InverseLookupStep<Number>.Output
        switch entries {
        case .integers(let numbers): output = .integers(try planner.wide(planner.firstResult), from: numbers)
        case .texts(let bytes, let ends): output = .texts(try planner.texts(planner.firstResult), from: bytes, ends)
        }
        return .inverseLookup(
            InverseLookupStep(input: try planner.wholeNumbers(input), output: output, count: entries.count, fallback: fallback))
    }
}
