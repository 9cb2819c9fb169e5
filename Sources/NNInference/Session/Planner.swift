/// Turns operations into steps: finds every value's memory, prepares weights, hands out scratch and state.
struct Planner<Number: Scalar> {
    let inferred: Program.Inferred
    let stored: StoredTensors
    let accelerator: Accelerator
    let workers: Int
    let carriesState: Bool
    let memoryLimit: Int
    let allocations: Allocations

    /// Set before steps are made; only sizes are known while the arena is planned.
    var plan: MemoryPlan?
    var arena: UnsafeMutableRawPointer?
    /// Elements of state handed out, and where the state lies once its size is known.
    private(set) var stateCount = 0
    var stateBase: UnsafeMutablePointer<Number>?
    /// The operation that steps are being made for.
    var operation = 0

    init(
        inferred: Program.Inferred, stored: StoredTensors, accelerator: Accelerator, workers: Int, carriesState: Bool, memoryLimit: Int,
        allocations: Allocations
    ) {
        self.inferred = inferred
        self.stored = stored
        self.accelerator = accelerator
        self.workers = workers
        self.carriesState = carriesState
        self.memoryLimit = memoryLimit
        self.allocations = allocations
    }

    var tensors: [TensorDescriptor] { stored.descriptors }

    var isAccelerated: Bool {
        #if canImport(CNNKernels)
            accelerator.kernels(for: Number.self) != nil
        #else
            false
        #endif
    }

    /// Scratch memory for the leaf kernels: for every worker and tap of a window as many bytes as `perTap`.
    func pointerBytes(_ perTap: Int, taps window: ArraySlice<Int>) throws(ProgramError) -> Int {
        guard isAccelerated else { return 0 }
        let bytes = saturatingProduct(Shape.product(window) ?? 0, perTap, workers)
        guard let bytes = Int(exactly: bytes) else { throw ProgramError(.overflow) }
        return bytes
    }

    /// Places the program's values and the scratch memory of its operations.
    mutating func plan(
        _ program: Program, _ groups: [PlannedGroup<Number>] = [], keepsInputs: Bool = true
    ) throws(ProgramError) -> MemoryPlan {
        var scratch: [Int] = []
        for (index, operation) in program.operations.enumerated() {
            self.operation = index
            if let group = groups.first(where: { $0.group.operations.contains(index) }) {
                scratch.append(index == group.group.operations.lowerBound ? try group.bytes(workers: workers) : 0)
            } else {
                scratch.append(try operation.scratchBytes(self))
            }
        }
        return try MemoryPlan(
            program, inferred, elementBytes: MemoryLayout<Number>.stride, scratchBytes: scratch, groups: groups.map { $0.group },
            keepsInputs: keepsInputs)
    }

    // MARK: Values

    func shape(of value: ValueID) -> Shape { inferred.values[value.index].shape }
    func type(of value: ValueID) -> ValueType { inferred.values[value.index].type }

    /// The shape of the operation's first result.
    var resultShape: Shape { inferred.values[inferred.results(of: operation).lowerBound].shape }

    func numbers(_ value: ValueID) throws(ProgramError) -> Region<Number> { try region(value, .number, Number.self) }
    func integers(_ value: ValueID) throws(ProgramError) -> Region<Int32> { try region(value, .int32, Int32.self) }
    func wide(_ value: ValueID) throws(ProgramError) -> Region<Int64> { try region(value, .int64, Int64.self) }
    func texts(_ value: ValueID) throws(ProgramError) -> Region<TextSlice> { try region(value, .text, TextSlice.self) }
    func mask(_ value: ValueID) throws(ProgramError) -> Region<UInt8> { try region(value, .bool, UInt8.self) }

    func numbers(_ values: [ValueID]) throws(ProgramError) -> [Region<Number>] {
        var regions: [Region<Number>] = []
        for value in values { regions.append(try numbers(value)) }
        return regions
    }

    func result(_ index: Int = 0) throws(ProgramError) -> Region<Number> {
        try numbers(ValueID(inferred.results(of: operation).lowerBound + index))
    }

    /// The operation's first result.
    var firstResult: ValueID { ValueID(inferred.results(of: operation).lowerBound) }

    func maskResult() throws(ProgramError) -> Region<UInt8> { try mask(firstResult) }

    private func region<Element: BitwiseCopyable>(_ value: ValueID, _ type: ValueType, _ element: Element.Type) throws(ProgramError) -> Region<Element> {
        let info = inferred.values[value.index]
        guard info.type == type else { throw ProgramError(.valueType(expected: type, found: info.type)) }
        guard let count = info.shape.count, let plan, let arena else { throw ProgramError(.overflow) }
        switch plan.places[value.index] {
        case .arena(let offset):
            precondition(offset + count * MemoryLayout<Element>.stride <= plan.arenaBytes)
            return Region(base: (arena + offset).assumingMemoryBound(to: element), count: count)
        case .tensor(let tensor):
            // Only a constant's value is a tensor, and constants are numbers.
            return try vector(tensor).cast(to: element)
        case .inGroup: preconditionFailure("A value inside a group has no memory for the whole batch.")
        }
    }

    /// The operation's scratch memory: as many bytes as its record asked for.
    func scratch() -> Region<UInt8> {
        guard let plan, let arena else { return Region(base: .init(bitPattern: 64)!, count: 0) }
        let range = plan.scratch[operation]
        return Region(base: (arena + range.lowerBound).assumingMemoryBound(to: UInt8.self), count: range.count)
    }

    /// Memory that keeps its contents from one run to the next.
    mutating func state(_ count: Int) -> Region<Number> {
        defer { stateCount += count }
        guard let stateBase else { return Region(base: .init(bitPattern: 64)!, count: count) }
        return Region(base: stateBase + stateCount, count: count)
    }

    mutating func restartState() { stateCount = 0 }

    // MARK: Weights

    /// A matrix of all dimensions but the last by the last, or with another number of columns, where it lies if it is stored in
    /// `Float`, half precision or bytes, otherwise converted.
    ///
    /// - Parameter widening: converts those too, for steps that take their weights apart.
    func matrix(_ tensor: TensorID, columns: Int? = nil, widening: Bool = false) throws(ProgramError) -> Matrix<Number> {
        let descriptor = tensors[tensor.index]
        let columns = columns ?? descriptor.shape.last ?? 1
        let count = descriptor.count ?? 0
        let width = descriptor.layout == .panels ? TensorDescriptor.panelWidth : max(columns, 1)
        let rows = columns == 0 ? 0 : count / columns
        let elements: Matrix<Number>.Elements
        if let floats = stored.elements(tensor, as: Float.self, .float32) {
            elements = .float(floats)
        } else if !widening, let bits = stored.elements(tensor, as: UInt16.self, .float16) {
            elements = .float16(bits)
        } else if !widening, let bits = stored.elements(tensor, as: UInt16.self, .bfloat16) {
            elements = .bfloat16(bits)
        } else if !widening, let numbers = stored.elements(tensor, as: Int8.self, .int8) {
            elements = .int8(numbers)
        } else if Number.self == Float.self {
            elements = .float(try converted(tensor, to: Float.self))
        } else {
            elements = .number(try converted(tensor, to: Number.self))
        }
        return Matrix(elements: elements, rows: rows, columns: columns, panelWidth: width)
    }

    /// A tensor's elements in row-major order: where they lie, or converted.
    func vector(_ tensor: TensorID) throws(ProgramError) -> Region<Number> {
        let descriptor = tensors[tensor.index]
        let columns = descriptor.shape.last ?? 1
        guard descriptor.layout == .rowMajor || columns <= TensorDescriptor.panelWidth else {
            throw ProgramError(.tensorType(tensor: tensor.index))
        }
        if Number.self == Float.self, let floats = stored.elements(tensor, as: Float.self, .float32) { return floats.cast(to: Number.self) }
        return try converted(tensor, to: Number.self)
    }

    func vector(_ tensor: TensorID?) throws(ProgramError) -> Region<Number>? {
        guard let tensor else { return nil }
        return try vector(tensor) as Region<Number>
    }

    private func converted<Other: Scalar>(_ tensor: TensorID, to type: Other.Type) throws(ProgramError) -> Region<Other> {
        let numbers = try allocations.make(type, count: tensors[tensor.index].count ?? 0, limit: memoryLimit)
        if !allocations.isRepeating { try stored.convert(tensor, into: numbers) }
        return numbers
    }

    // Workers of a group share what is allocated here, so a run only reads it; what a run writes is scratch memory or state.

    func zeros(_ count: Int) throws(ProgramError) -> Region<Number> { try allocations.make(Number.self, count: count, limit: memoryLimit) }

    /// Memory for weights in an order of their own.
    func floats(_ count: Int) throws(ProgramError) -> Region<Float> { try allocations.make(Float.self, count: count, limit: memoryLimit) }

    /// Memory for a table of places.
    func indices(_ count: Int) throws(ProgramError) -> Region<Int32> { try allocations.make(Int32.self, count: count, limit: memoryLimit) }

    // MARK: Statistics

    /// `(x - centre) * scale + shift`, computed from the stored tensors.
    func vectors(_ statistics: Statistics) throws(ProgramError) -> (centre: Region<Number>, scale: Region<Number>, shift: Region<Number>) {
        let mean = try vector(statistics.mean) as Region<Number>
        let variance = try vector(statistics.variance) as Region<Number>
        let gamma = try vector(statistics.gamma)
        let beta = try vector(statistics.beta)
        let epsilon = Number(statistics.epsilon)
        let scale = try zeros(mean.count)
        let shift = try zeros(mean.count)
        let centre = try zeros(mean.count)
        for index in 0..<mean.count {
            let factor = gamma.map { $0[index] } ?? 1
            let offset = beta.map { $0[index] } ?? 0
            switch statistics.rule {
            case .addedEpsilon:
                scale[index] = factor / Number.sqrt(variance[index] + epsilon)
                centre[index] = mean[index]
                shift[index] = offset
            case .flooredDeviation:
                scale[index] = factor / max(Number.sqrt(variance[index]), epsilon)
                centre[index] = mean[index]
                shift[index] = offset
            case .inverse:
                scale[index] = max(Number.sqrt(variance[index]), epsilon)
                shift[index] = mean[index]
            }
        }
        return (centre, scale, shift)
    }

    /// The epilogue's scale and shift: `(sum + bias - centre) * scale + shift`.
    func epilogue(_ epilogue: Epilogue, channels: Int) throws(ProgramError) -> EpilogueStep<Number> {
        let activation = ActivationStep<Number>(activation: epilogue.activation, accelerator: accelerator)
        let bias = try vector(epilogue.bias)
        guard let statistics = epilogue.statistics else { return EpilogueStep(scale: nil, shift: bias, activation: activation) }
        let vectors = try vectors(statistics)
        for channel in 0..<channels {
            vectors.shift[channel] += ((bias.map { $0[channel] } ?? 0) - vectors.centre[channel]) * vectors.scale[channel]
        }
        return EpilogueStep(scale: vectors.scale, shift: vectors.shift, activation: activation)
    }
}
