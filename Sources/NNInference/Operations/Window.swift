/// How a window is placed on its input. Raw values are part of the file format.
public enum WindowPadding: UInt8, Hashable, Sendable {
    case valid = 0
    /// As many positions as the input divided by the stride, rounded up; an odd padding element goes to the end.
    case same = 1
    /// Padding in front only, so that no result depends on a later step.
    case causal = 2
}

/// The geometry of a window along one axis.
struct WindowAxis {
    /// Positions of the window, or ``Shape/unknown``.
    var positions: Int
    /// Padding before the first element.
    var before: Int

    /// - Parameters:
    ///   - size: elements along the axis, or ``Shape/unknown``.
    ///   - window: taps of the window; `dilation` is the distance between two taps.
    init(size: Int, window: Int, stride: Int, dilation: Int, padding: WindowPadding, axis: Int) throws(ProgramError) {
        let extent = try Dimension.add(try Dimension.multiply(window - 1, dilation), 1)
        guard size != Shape.unknown else {
            positions = Shape.unknown
            before = 0
            return
        }
        switch padding {
        case .valid:
            guard size >= extent else { throw ProgramError(.emptyAxis(axis)) }
            positions = (size - extent) / stride + 1
            before = 0
        case .same:
            positions = size / stride + (size % stride == 0 ? 0 : 1)
            let needed = try Dimension.add(try Dimension.multiply(max(positions - 1, 0), stride), extent)
            before = max(needed - size, 0) / 2
        case .causal:
            positions = size == 0 ? 0 : (size - 1) / stride + 1
            before = extent - 1
        }
    }
}
