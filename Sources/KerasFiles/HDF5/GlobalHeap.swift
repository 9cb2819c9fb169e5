/// A collection of byte strings of various lengths (HDF5 file format specification, III.E). Only the list of contents is kept.
struct GlobalHeap {
    struct Item {
        let offset: UInt64
        let size: UInt64
    }

    private var items: [UInt16: Item] = [:]

    subscript(index: UInt16) -> Item? { items[index] }

    init(at address: UInt64, _ reader: inout HDF5Reader) throws(KerasFileError) {
        let headerSize = 16
        var header = try reader.take(address, headerSize, .globalHeap)
        try header.expect("GCOL")
        _ = try header.expectVersion(1...1)
        try header.skip(3)
        let size = try header.u64()
        guard size >= UInt64(headerSize) else { throw header.failure(.size) }
        let start = address + UInt64(headerSize)
        try reader.claim(start, size - UInt64(headerSize), .globalHeap)

        let end = address + size
        var position = start
        // An object has a head of 16 bytes; fewer are left over at most.
        while end - position >= 16 {
            var head = try reader.peek(position, 16, .globalHeap)
            let place = head
            let index = try head.u16()
            try head.skip(6)
            let size = try head.u64()
            // Index 0 is the free space, which is last.
            if index == 0 {
                guard size >= 16, size <= end - position else { throw place.failure(.size) }
                return
            }
            guard size <= end - position - 16 else { throw place.failure(.size) }
            guard items.updateValue(Item(offset: position + 16, size: size), forKey: index) == nil else {
                throw place.failure(.duplicate)
            }
            let padded = (size + 7) & ~7  // cannot overflow: size is within the file
            guard padded <= end - position - 16 else { throw place.failure(.size) }
            position += 16 + padded
        }
    }
}
