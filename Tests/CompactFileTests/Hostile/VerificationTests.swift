import CompactFile
import NNInference
import Testing

@Suite struct VerificationTests {
    /// Of the 4-8-3 network: a seed, a range, three digests of four numbers.
    private func reason(_ change: (inout [UInt8]) -> Void) throws -> FormatError.Reason? {
        var file = try ForgedFile(try SmallModel.fullBytes())
        change(&file[.verification])
        return refusal(file.bytes())?.reason
    }

    @Test func sectionAsSpecified() throws {
        let section = try ForgedFile(try SmallModel.fullBytes())[.verification]
        #expect(section.count == 4 + 8 + 3 * 16)
        #expect(Array(section[..<12]) == [1, 0, 0, 0, 0, 0, 0x80, 0xBF, 0, 0, 0x80, 0x3F])
    }

    @Test func lengths() throws {
        #expect(try reason { $0 += $0 } == nil)
        #expect(try reason { $0.append(0) } == .sectionLength(.verification))
        #expect(try reason { $0.removeLast() } == .sectionLength(.verification))
        #expect(try reason { $0 = [] } == .sectionLength(.verification))
    }

    @Test(arguments: [[1, -1], [1, 1], [.nan, 1], [0, .nan], [-.infinity, 1], [0, .infinity], [-3e38, 3e38]] as [[Float]])
    func ranges(_ range: [Float]) throws {
        var file = try ForgedFile(try SmallModel.fullBytes())
        file[.verification].set(range[0].bitPattern, at: 4)
        file[.verification].set(range[1].bitPattern, at: 8)
        #expect(refusal(file.bytes())?.reason == .number)
    }

    @Test func wholeNumberRanges() throws {
        #expect(try isAccepted(.int32, -16_777_216, 16_777_216))
        #expect(try !isAccepted(.int32, 0, 1.5))
        #expect(try !isAccepted(.int32, 0, 33_554_432))
        #expect(try !isAccepted(.int32, 3, 3))
        #expect(try isAccepted(.bool, 0, 2))
        #expect(try !isAccepted(.bool, 0, 3))
        #expect(try isAccepted(.number, 0, 1.5))
        #expect(try !isAccepted(.number, 2, 1.5))
    }

    private func isAccepted(_ type: ValueType, _ low: Float, _ high: Float) throws -> Bool {
        let tensor = try SmallModel.tensor([9, 2], first: 0)
        var content = CompactFileContent(
            tensors: [.init(tensor)],
            program: Program(
                inputs: [ValueInfo(type, Shape([Shape.unknown, 4])), ValueInfo(.int32, Shape([Shape.unknown, 4]))],
                operations: [.embedding(Embedding(input: ValueID(1), table: TensorID(0)))], outputs: [ValueID(2)]))
        content.verification = [
            VerificationVector(
                seed: 0, ranges: [InputRange(low, high), InputRange(0, 9)], openDimensions: [],
                digests: [Digest(norm: .nan, early: .infinity, middle: -0.0, late: 0)])
        ]
        guard let bytes = try? CompactFileWriter(content).bytes() else { return false }
        #expect(refusal(bytes) == nil)
        return true
    }

    @Test func inputNumbers() {
        let vector = VerificationVector(
            seed: 5, ranges: [InputRange(-1, 3), InputRange(0, 7), InputRange(0, 2)], openDimensions: [], digests: [])
        func numbers(_ input: Int, _ type: ValueType) -> [Float] {
            var source = InputNumbers(vector, input: input, type: type)
            return (0..<1_000).map { _ in source.next() }
        }
        // The rule written out once more.
        var generator = SplitMix64(seed: 5 << 32)
        #expect(numbers(0, .number)[0] == generator.nextFloat(from: -1, to: 3))
        generator = SplitMix64(seed: 5 << 32 | 1)
        #expect(numbers(1, .int32)[0] == Float(generator.nextInt(below: 7)))

        #expect(numbers(0, .number).allSatisfy { $0 >= -1 && $0 < 3 })
        #expect(Set(numbers(1, .int32)) == [0, 1, 2, 3, 4, 5, 6])
        #expect(Set(numbers(2, .bool)) == [0, 1])
        #expect(numbers(0, .number) == numbers(0, .number))
        #expect(numbers(0, .number) != numbers(1, .number))
    }

    @Test func digestsTakeOneNumberOfEachThird() {
        for count in [1, 2, 3, 4, 5, 100, 1_000_003] {
            for operation in 0..<20 {
                var maker = DigestMaker(seed: 3, operation: operation, count: count)
                for index in 0..<count { maker.add(Double(index)) }
                let digest = maker.digest
                let places = [digest.early, digest.middle, digest.late].map { Int($0) }
                for (k, place) in places.enumerated() where count >= 3 {
                    #expect((k * count / 3..<(k + 1) * count / 3).contains(place))
                }
                #expect(places.allSatisfy { $0 < count })
            }
        }
        var maker = DigestMaker(seed: 0, operation: 0, count: 2)
        maker.add(3)
        maker.add(-4)
        #expect(maker.digest.norm == 5)
        #expect(DigestMaker(seed: 0, operation: 0, count: 0).digest == Digest(norm: 0, early: 0, middle: 0, late: 0))
    }

    @Test func departures() {
        let expected = Digest(norm: 10, early: 1, middle: -2, late: 0)
        func departure(_ change: (inout Digest) -> Void) -> Digest.Departure.Quantity? {
            var found = expected
            change(&found)
            return expected.departure(of: found, count: 100)?.quantity
        }
        #expect(departure { _ in } == nil)
        #expect(departure { $0.norm = 10.005 } == nil)
        #expect(departure { $0.norm = 10.02 } == .norm)
        #expect(departure { $0.early = 1.0005 } == nil)
        #expect(departure { $0.early = 0.99 } == .early)
        #expect(departure { $0.middle = 2 } == .middle)
        // Near zero the typical size of the numbers, here 1, sets the scale.
        #expect(departure { $0.late = 0.0009 } == nil)
        #expect(departure { $0.late = 0.002 } == .late)
        #expect(departure { $0.late = .nan } == .late)
        #expect(departure { $0.norm = .infinity } == .norm)
        let broken = Digest(norm: .nan, early: .infinity, middle: .nan, late: 1)
        #expect(broken.departure(of: broken, count: 3) == nil)
        #expect(broken.departure(of: Digest(norm: .nan, early: -.infinity, middle: .nan, late: 1), count: 3)?.quantity == .early)
    }
}
