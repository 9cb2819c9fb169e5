/// Attributes (HDF5 file format specification, IV.A.2.m), versions 1 to 3.
extension HDF5Reader {
    mutating func attribute(_ body: inout ByteCursor, objectPath: String) throws(KerasFileError) -> HDF5Attribute {
        body.structure = .attribute
        let place = body
        let version = try body.expectVersion(1...3)
        let flags = try body.u8()
        if version > 1, flags != 0 {
            throw KerasFileError(.unsupportedFeature(flags & 1 != 0 ? .committedDatatype : .sharedMessage), offset: place.offset)
        }
        let nameSize = Int(try body.u16())
        let typeSize = Int(try body.u16())
        let spaceSize = Int(try body.u16())
        if version == 3 { guard try body.u8() <= 1 else { throw body.failure(.value) } }

        // Version 1 pads each part to a multiple of eight bytes.
        func padding(_ size: Int) -> Int { version == 1 ? (8 - size % 8) % 8 : 0 }
        let namePlace = body.offset
        var namePart = try body.part(nameSize)
        let bytes = try namePart.zeroTerminated()
        guard namePart.remaining == 0 else { throw namePart.failure(.size) }
        let name = try name(bytes, at: namePlace, .attribute)
        do throws(KerasFileError) {
            try body.skip(padding(nameSize))
            var typePart = try body.part(typeSize)
            try body.skip(padding(typeSize))
            var spacePart = try body.part(spaceSize)
            try body.skip(padding(spaceSize))
            let type = try Datatype(&typePart)
            let space = try Dataspace(&spacePart, limits: limits)
            let (count, overflow) = type.size.multipliedReportingOverflow(by: space.count)
            guard !overflow, count <= body.remaining else { throw body.failure(.size) }
            var elements = try body.part(count)
            guard typePart.remaining < 8, spacePart.remaining < 8, body.remaining < 8 else { throw body.failure(.size) }
            let value = try value(&elements, type, count: space.count)
            return HDF5Attribute(name: name, objectPath: objectPath, shape: space.shape, value: value)
        } catch {
            var placed = error
            placed.key = name
            throw placed
        }
    }

    private mutating func value(
        _ elements: inout ByteCursor, _ type: Datatype, count: Int
    ) throws(KerasFileError) -> HDF5Attribute.Value {
        switch type {
        case .number(let elementType):
            let place = elements
            let bytes = try elements.array(elements.remaining)
            if elementType == .bool, bytes.contains(where: { $0 > 1 }) { throw place.failure(.value) }
            return .numbers(elementType, bytes)
        case .fixedString(let size, let storage):
            var strings: [String] = []
            strings.reserveCapacity(count)
            for _ in 0..<count {
                let place = elements.offset
                strings.append(try text(try elements.array(size), storage.padding, at: place))
            }
            return .strings(strings, .fixed(size: size, storage.padding, storage.charset))
        case .variableString(let storage):
            var strings: [String] = []
            strings.reserveCapacity(count)
            for _ in 0..<count { strings.append(try variableString(&elements, storage.padding)) }
            return .strings(strings, .variable(storage.charset))
        }
    }

    /// A string that is stored in a global heap.
    private mutating func variableString(
        _ elements: inout ByteCursor, _ padding: HDF5Attribute.Padding
    ) throws(KerasFileError) -> String {
        elements.structure = .heapReference
        let place = elements
        let length = UInt64(try elements.u32())
        let address = try elements.u64()
        let index = try elements.u32()
        // A string that was never assigned.
        if length == 0, address == 0 || address == Superblock.undefinedAddress {
            try countString(0)
            return ""
        }
        let heap: GlobalHeap
        if let known = heaps[address] {
            heap = known
        } else {
            heap = try GlobalHeap(at: address, &self)
            heaps[address] = heap
        }
        guard index > 0, let index = UInt16(exactly: index), let item = heap[index] else { throw place.failure(.address) }
        guard item.size == length else { throw place.failure(.size) }
        try countString(Int(length))
        // Longer strings are read past the cache of pages.
        return try text(try source.read(at: item.offset, count: Int(length)), padding, at: item.offset, counted: true)
    }

    /// Removes the padding and checks that what remains is UTF-8 without NUL.
    private mutating func text(
        _ bytes: [UInt8], _ padding: HDF5Attribute.Padding, at offset: UInt64, counted: Bool = false
    ) throws(KerasFileError) -> String {
        var end = bytes.count
        switch padding {
        case .nullTerminated: end = bytes.firstIndex(of: 0) ?? end
        case .nullPadded: while end > 0, bytes[end - 1] == 0 { end -= 1 }
        case .spacePadded: while end > 0, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        }
        let content = bytes[..<end]
        if !counted { try countString(end) }
        guard !content.contains(0) else { throw KerasFileError(.malformed(.text, .value), offset: offset) }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw KerasFileError(.malformed(.text, .encoding), offset: offset)
        }
        return text
    }
}
