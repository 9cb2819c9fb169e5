/// Visits the elements of a shape in order and says where each stands in two strided operands.
///
/// A stride of 0 repeats an operand along that axis: broadcasting, reductions and permutations are all walks.
struct Walk {
    typealias Lanes = SIMD8<Int>

    private var sizes = Lanes(repeating: 1)
    private var first = Lanes(repeating: 0)
    private var second = Lanes(repeating: 0)
    private var axes = 0

    /// Elements visited.
    private(set) var count = 1

    init() {}

    /// Adds an axis inside the ones before it. An axis that continues the previous one is merged with it.
    mutating func append(size: Int, first a: Int, second b: Int = 0) {
        count *= size
        guard size != 1 else { return }
        if axes > 0, first[axes - 1] == a * size, second[axes - 1] == b * size {
            sizes[axes - 1] *= size
            first[axes - 1] = a
            second[axes - 1] = b
            return
        }
        precondition(axes < Shape.maximumRank)
        sizes[axes] = size
        first[axes] = a
        second[axes] = b
        axes += 1
    }

    /// Elements of the innermost axis, and their strides.
    var rowCount: Int { axes == 0 ? 1 : sizes[axes - 1] }
    var rowStrides: (first: Int, second: Int) { axes == 0 ? (0, 0) : (first[axes - 1], second[axes - 1]) }

    /// Calls `body` for each row of the innermost axis: its number and where it begins in either operand.
    @inline(__always)
    func forEachRow(_ body: (_ row: Int, _ first: Int, _ second: Int) -> Void) {
        guard count > 0 else { return }
        let outer = max(axes - 1, 0)
        var position = Lanes(repeating: 0)
        var (a, b) = (0, 0)
        for row in 0..<count / rowCount {
            body(row, a, b)
            var axis = outer - 1
            while axis >= 0 {
                position[axis] += 1
                a += first[axis]
                b += second[axis]
                if position[axis] < sizes[axis] { break }
                a -= first[axis] * sizes[axis]
                b -= second[axis] * sizes[axis]
                position[axis] = 0
                axis -= 1
            }
        }
    }

    /// Calls `body` for each element.
    @inline(__always)
    func forEach(_ body: (_ index: Int, _ first: Int, _ second: Int) -> Void) {
        let (a, b) = rowStrides
        let columns = rowCount
        forEachRow { row, first, second in
            for column in 0..<columns { body(row * columns + column, first + column * a, second + column * b) }
        }
    }
}

extension Shape {
    /// Elements between neighbours along each axis of a known shape in row-major order.
    var strides: [Int] {
        var strides = dimensions
        var stride = 1
        for axis in dimensions.indices.reversed() {
            strides[axis] = stride
            stride *= max(dimensions[axis], 1)
        }
        return strides
    }
}
