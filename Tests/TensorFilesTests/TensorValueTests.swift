import KerasFiles
import TensorFiles
import Testing

@Suite struct TensorValueTests {
    private func vector(_ elements: TensorElements) throws -> TensorValue { try TensorValue(shape: [elements.count], elements: elements) }

    @Test(arguments: [
        TensorElements.bool([false, true]), .int8([0, 1]), .int16([0, 1]), .int32([0, 1]), .int64([0, 1]), .uint8([0, 1]), .uint16([0, 1]),
        .uint32([0, 1]), .uint64([0, 1]), .float16([0, 0x3C00]), .float32([0, 1]), .float64([0, 1]),
    ])
    func everyNumberTypeConverts(elements: TensorElements) throws {
        let value = try vector(elements)
        #expect(try value.floats() == [0, 1])
        #expect(try value.doubles() == [0, 1])
        #expect(try value.int32s() == [0, 1])
        #expect(failure { () throws(TensorFileError) in _ = try value.strings() }?.kind == .notText)
    }

    @Test func integersBecomeFloatsOnlyExactly() throws {
        let edge = try vector(.int64([1 << 24, -(1 << 24), 1 << 40, .min]))
        #expect(try edge.floats() == [0x1p24, -0x1p24, 0x1p40, -0x1p63])
        for elements in [TensorElements.int64([0, 1 << 24 + 1]), .int32([0, -(1 << 24) - 1]), .uint32([0, .max]), .uint64([0, .max])] {
            let error = failure { () throws(TensorFileError) in _ = try TensorValue(shape: [1, 2], elements: elements).floats() }
            #expect(error == TensorFileError(.inexact, place: .init(index: [0, 1])))
        }
    }

    @Test func doublesAreRoundedButDoNotBecomeInfinite() throws {
        #expect(try vector(.float64([0.1, .infinity, 1e-60])).floats() == [0.1, .infinity, 0])
        #expect(try vector(.float64([.nan])).floats()[0].isNaN)
        let error = failure { () throws(TensorFileError) in _ = try vectorOfDoubles([1, 1e39]).floats() }
        #expect(error == TensorFileError(.outOfRange, place: .init(index: [1])))
    }

    private func vectorOfDoubles(_ values: [Double]) throws(TensorFileError) -> TensorValue {
        try TensorValue(shape: [values.count], elements: .float64(values))
    }

    @Test(arguments: [0.5, 2_147_483_648, -2_147_483_649, .nan, .infinity] as [Double])
    func indicesAreWholeNumbersOf32Bits(number: Double) throws {
        let error = failure { () throws(TensorFileError) in _ = try vectorOfDoubles([3, number]).int32s() }
        #expect(error == TensorFileError(.inexact, place: .init(index: [1])))
    }

    @Test func integersBeyondDoubles() throws {
        #expect(try vector(.uint64([1 << 63])).doubles() == [0x1p63])
        let value = try vector(.int64([1 << 53 + 1]))
        #expect(failure { () throws(TensorFileError) in _ = try value.doubles() }?.kind == .inexact)
    }

    @Test func textIsNoNumber() throws {
        let value = try vector(.strings(["1"]))
        #expect(failure { () throws(TensorFileError) in _ = try value.floats() }?.kind == .notNumbers)
        #expect(try value.strings() == ["1"])
    }

    @Test(arguments: [[2], [-1], [1, -1], [.max, .max], [0, -1], []]) func shapesThatDoNotFit(shape: [Int]) {
        let error = failure { () throws(TensorFileError) in _ = try TensorValue(shape: shape, floats: [1, 2, 3]) }
        #expect(error?.kind == .elementCount(shape: shape, found: 3))
    }
}
