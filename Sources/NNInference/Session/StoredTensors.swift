/// A program's weights in memory: what they are and where they lie. Whoever makes one has checked that each address has all the
/// bytes its descriptor promises, and keeps them alive.
struct StoredTensors: @unchecked Sendable {
    let descriptors: [TensorDescriptor]
    let addresses: [UnsafeRawPointer]

    init(descriptors: [TensorDescriptor], addresses: [UnsafeRawPointer]) {
        precondition(descriptors.count == addresses.count)
        self.descriptors = descriptors
        self.addresses = addresses
    }

    /// The elements as they lie, if they are of this type; the file's alignment makes that safe.
    func elements<Element: BitwiseCopyable>(_ tensor: TensorID, as type: Element.Type, _ elementType: ElementType) -> Region<Element>? {
        let descriptor = descriptors[tensor.index]
        guard descriptor.elementType == elementType, let count = descriptor.count else { return nil }
        let address = UnsafeMutableRawPointer(mutating: addresses[tensor.index])
        return Region(base: address.assumingMemoryBound(to: type), count: count)
    }

    /// Writes the elements, in the order in which they are stored, as numbers of another type.
    func convert<Number: Scalar>(_ tensor: TensorID, into numbers: Region<Number>) throws(ProgramError) {
        let count = descriptors[tensor.index].count ?? 0
        precondition(numbers.count >= count)
        switch descriptors[tensor.index].elementType {
        case .float32:
            guard let source = elements(tensor, as: Float.self, .float32) else { return }
            for index in 0..<count { numbers[index] = Number(source[index]) }
        case .float64:
            guard let source = elements(tensor, as: Double.self, .float64) else { return }
            for index in 0..<count { numbers[index] = Number(source[index]) }
        case .float16:
            guard let source = elements(tensor, as: UInt16.self, .float16) else { return }
            for index in 0..<count { numbers[index] = Number(HalfPrecision.float(fromFloat16: source[index])) }
        case .bfloat16:
            guard let source = elements(tensor, as: UInt16.self, .bfloat16) else { return }
            for index in 0..<count { numbers[index] = Number(HalfPrecision.float(fromBFloat16: source[index])) }
        case .int8:
            guard let source = elements(tensor, as: Int8.self, .int8) else { return }
            for index in 0..<count { numbers[index] = Number(source[index]) }
        default: throw ProgramError(.tensorType(tensor: tensor.index))
        }
    }
}
