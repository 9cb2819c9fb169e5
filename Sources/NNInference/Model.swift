/// An open `.nnc` file: its layout, checked, and its bytes, which sessions read the weights from where they lie.
///
/// The header, the tables and the program are always verified. Tensors are verified by ``verify()``, which reads them all; opening
/// does not touch them, so that a mapped file costs what reading its first pages costs.
public final class Model: Sendable {
    public let layout: FileLayout
    let bytes: ModelBytes
    let storedTensors: StoredTensors

    /// Opens a model that is in memory. The bytes are kept, not copied.
    public convenience init(bytes: [UInt8]) throws(FormatError) {
        try self.init(ModelBytes(copying: bytes))
    }

    /// Opens a model in memory that stays where it is for as long as the program runs, such as a device's flash.
    ///
    /// - Parameter address: aligned to 16 bytes.
    /// - Precondition: `count` bytes can be read there and never change.
    public convenience init(at address: UnsafeRawPointer, count: Int) throws(FormatError) {
        try self.init(ModelBytes(permanent: address, count: count))
    }

    init(_ bytes: ModelBytes) throws(FormatError) {
        self.bytes = bytes
        layout = try bytes.withSpan { (span: RawSpan) throws(FormatError) in try FileLayout(span) }
        storedTensors = StoredTensors(
            descriptors: layout.tensors.map { $0.descriptor }, addresses: layout.tensors.map { bytes.base + $0.range.lowerBound })
    }

    /// What the model computes; nil if it can only be given back as a Keras file.
    public var program: Program? { layout.program?.program }

    /// Checks every tensor against its checksum and the space between them for being empty.
    ///
    /// - Complexity: reads the whole file.
    public func verify() throws(FormatError) {
        try bytes.withSpan { (span: RawSpan) throws(FormatError) in try layout.verifyData(in: span) }
    }

    /// Gives the whole file to `body`.
    package func withBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
        try bytes.withSpan(body)
    }
}

/// The bytes of a model and how they are given back.
final class ModelBytes: @unchecked Sendable {
    let base: UnsafeRawPointer
    let count: Int
    private let release: Release

    private enum Release {
        case nothing
        case deallocate
        case unmap
    }

    /// Memory of our own, because an array's may move and need not be aligned.
    init(copying bytes: [UInt8]) {
        count = bytes.count
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 64)
        bytes.withUnsafeBytes { if let start = $0.baseAddress { copy.copyMemory(from: start, byteCount: $0.count) } }
        base = UnsafeRawPointer(copy)
        release = .deallocate
    }

    /// Memory that was allocated for it.
    init(owned address: UnsafeRawPointer, count: Int) {
        base = address
        self.count = count
        release = .deallocate
    }

    init(permanent address: UnsafeRawPointer, count: Int) {
        base = address
        self.count = count
        release = .nothing
    }

    #if !hasFeature(Embedded)
        init(mapped address: UnsafeRawPointer, count: Int) {
            base = address
            self.count = count
            release = .unmap
        }
    #endif

    deinit {
        switch release {
        case .nothing: break
        case .deallocate: base.deallocate()
        case .unmap:
            #if !hasFeature(Embedded)
                unmapFile(base, count)
            #endif
        }
    }

    func withSpan<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(RawSpan(_unsafeStart: base, byteCount: count))
    }
}
