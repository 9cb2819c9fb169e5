import KerasFiles

/// Reads all groups, attributes and tensors of an HDF5 file. Accepting and refusing are both fine; trapping is not, nor is
/// producing more than the file can hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(KerasFileError) {
        var total = 0
        try read(HDF5File(source: ByteSource(bytes)).root, &total)
        precondition(total <= count)
    } catch {
        // Refused.
    }
    return 0
}

private func read(_ group: HDF5Group, _ total: inout Int) throws(KerasFileError) {
    for child in group.children {
        switch child {
        case .group(let group): try read(group, &total)
        case .dataset(let dataset):
            total += dataset.byteCount
            let floats = try dataset.tensor.floats()
            precondition(floats.count == dataset.tensor.count)
        }
    }
    for attribute in group.attributes {
        precondition(attribute.count == attribute.shape.reduce(1, *))
    }
}
