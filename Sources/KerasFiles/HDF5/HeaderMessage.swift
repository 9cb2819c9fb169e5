/// One message of an object header, version 1 (HDF5 file format specification, IV.A.1.a).
struct HeaderMessage {
    enum Kind: UInt16 {
        case null = 0x00
        case dataspace = 0x01
        case linkInformation = 0x02
        case datatype = 0x03
        case oldFillValue = 0x04
        case fillValue = 0x05
        case link = 0x06
        case externalFiles = 0x07
        case dataLayout = 0x08
        case groupInformation = 0x0A
        case filters = 0x0B
        case attribute = 0x0C
        case comment = 0x0D
        case oldModificationTime = 0x0E
        case sharedMessageTable = 0x0F
        case continuation = 0x10
        case symbolTable = 0x11
        case modificationTime = 0x12
        case treeCapacities = 0x13
        case driverInformation = 0x14
        case attributeInformation = 0x15
        case referenceCount = 0x16

        /// The feature that a message of this kind stands for, when it is one that Keras never uses.
        var unsupported: KerasFileError.Feature? {
            switch self {
            case .externalFiles: .externalStorage
            case .filters: .filters
            case .sharedMessageTable: .sharedMessage
            case .driverInformation: .driverInformation
            case .attributeInformation: .newerAttributeStorage
            case .referenceCount: .newerObjectHeader
            default: nil
            }
        }
    }

    let kind: Kind
    var body: ByteCursor

    /// Reads a message with its 8-byte prefix.
    init(_ cursor: inout ByteCursor) throws(KerasFileError) {
        let place = cursor
        let number = try cursor.u16()
        let size = Int(try cursor.u16())
        let flags = try cursor.u8()
        try cursor.skip(3)
        body = try cursor.part(size, .headerMessage)
        guard size % 8 == 0 else { throw place.failure(.size) }
        guard let kind = Kind(rawValue: number) else {
            throw KerasFileError(.unsupportedFeature(.unknownMessage), offset: place.offset)
        }
        if let feature = kind.unsupported { throw KerasFileError(.unsupportedFeature(feature), offset: place.offset) }
        // Bit 1: the body is a reference to where the message is stored.
        if flags & 0b10 != 0 {
            throw KerasFileError(
                .unsupportedFeature(kind == .datatype ? .committedDatatype : .sharedMessage), offset: place.offset)
        }
        // Bit 0: constant. Bit 2: not to be shared (set by the h5py of Keras 2's time). The others are about messages that a
        // program does not know.
        guard flags & ~0b101 == 0 else { throw place.failure(.value) }
        self.kind = kind
    }
}
