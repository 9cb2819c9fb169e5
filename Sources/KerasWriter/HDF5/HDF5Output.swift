import CHDF5
import FileOutput
import KerasFiles

/// Writes an HDF5 file of the kind that Keras writes: superblock 0, groups as symbol tables, contiguous datasets, no times. The
/// same content makes the same bytes.
///
/// libhdf5 makes all but the elements of the tensors: it gives each its place, and they go there in pieces.
struct HDF5Output {
    /// Where the file begins in the output file.
    let start: UInt64
    /// Bytes of the whole file, tensors included.
    let size: UInt64
    /// Where tensors go, from the start of the file, in the order of writing.
    private let places: [TensorPlace]

    private typealias TensorPlace = (tensor: Tensor, offset: UInt64, path: String)

    /// Writes everything but the tensors' elements at `start` of `file`.
    init(_ root: HDF5GroupContent, in file: inout OutputFile, at start: UInt64) throws(KerasWriterError) {
        self.start = start
        (places, size) = try unsafe withUnsafeMutablePointer(to: &file) { file throws(KerasWriterError) in
            var region = unsafe HDF5Region(file, start: start)
            return try unsafe withUnsafeMutablePointer(to: &region) { region throws(KerasWriterError) in
                do throws(KerasWriterError) {
                    let places = try HDF5Library.use { library throws(KerasWriterError) in
                        try unsafe Structure.write(root, to: HDF5Region.sink(region), library)
                    }
                    return (places, unsafe region.pointee.size)
                } catch {
                    // libhdf5 knows only that something went wrong.
                    if let cause = unsafe region.pointee.error { throw .writing(cause) }
                    throw error
                }
            }
        }
    }

    /// Writes the elements of the tensors. `progress` is told the bytes of every piece.
    func writeTensors(to file: inout OutputFile, progress: (Int) -> Void) throws(KerasWriterError) {
        var stream = TensorStream()
        for place in places {
            try stream.copy(place.tensor, path: place.path, to: &file, at: start + place.offset, progress: progress)
        }
    }
}

/// Everything but the tensors' elements, as libhdf5 writes it.
private struct Structure {
    private let library: nnconv_hdf5
    private var places: [(tensor: Tensor, offset: UInt64, path: String)] = []

    static func write(
        _ root: HDF5GroupContent, to sink: nnconv_hdf5_sink, _ library: nnconv_hdf5
    ) throws(KerasWriterError) -> [(tensor: Tensor, offset: UInt64, path: String)] {
        var structure = Structure(library: library)
        try unsafe structure.writeStructure(root, to: sink)
        return structure.places
    }

    private init(library: nnconv_hdf5) { self.library = library }

    private mutating func writeStructure(_ root: HDF5GroupContent, to sink: nnconv_hdf5_sink) throws(KerasWriterError) {
        var id = unsafe withUnsafePointer(to: library) { unsafe nnconv_hdf5_create($0, sink) }
        guard id >= 0 else { throw .hdf5(path: "/") }
        // Closing writes what is still in memory, and can fail.
        defer { if id >= 0 { _ = library.H5Fclose(id) } }
        try write(root, into: id, path: "")
        let result = library.H5Fclose(id)
        id = -1
        try library.check(result, "/")
    }

    private mutating func write(_ group: HDF5GroupContent, into id: hid_t, path: String) throws(KerasWriterError) {
        for (name, value) in group.attributes { try write(value, named: name, on: id, path: path.isEmpty ? "/" : path) }
        for (name, member) in group.members {
            let path = path + "/" + name
            switch member {
            case .dataset(let dataset): try write(dataset, named: name, in: id, path: path)
            case .group(let group):
                let properties = try self.properties(library.H5P_CLS_GROUP_CREATE_ID_g, path)
                let handle = try HDF5Handle(
                    library.H5Gcreate2(id, name, 0, properties.id, 0), path, library.H5Gclose)
                try write(group, into: handle.id, path: path)
            }
        }
    }

    /// For an object that does not say when it was made.
    private func properties(_ kind: hid_t, _ path: String) throws(KerasWriterError) -> HDF5Handle {
        let properties = try HDF5Handle(library.H5Pcreate(kind), path, library.H5Pclose)
        try library.check(library.H5Pset_obj_track_times(properties.id, false), path)
        return properties
    }

    private mutating func write(
        _ dataset: HDF5DatasetContent, named name: String, in group: hid_t, path: String
    ) throws(KerasWriterError) {
        let tensor = dataset.tensor
        let properties = try self.properties(library.H5P_CLS_DATASET_CREATE_ID_g, path)
        try library.check(library.H5Pset_alloc_time(properties.id, H5D_ALLOC_TIME_EARLY), path)
        try library.check(library.H5Pset_fill_time(properties.id, H5D_FILL_TIME_NEVER), path)
        let type = try library.datatype(of: tensor.elementType, path: path)
        let space = try self.space(tensor.shape, path)
        let handle = try HDF5Handle(
            library.H5Dcreate2(group, name, type.id, space.id, 0, properties.id, 0), path, library.H5Dclose)
        if tensor.byteCount > 0 {
            let offset = library.H5Dget_offset(handle.id)
            guard offset != .max else { throw .hdf5(path: path) }
            places.append((dataset.tensor, UInt64(offset), path))
        }
        for (name, value) in dataset.attributes { try write(value, named: name, on: handle.id, path: path) }
    }

    private func space(_ shape: [Int], _ path: String) throws(KerasWriterError) -> HDF5Handle {
        guard !shape.isEmpty else { return try HDF5Handle(library.H5Screate(H5S_SCALAR), path, library.H5Sclose) }
        let extents = shape.map { hsize_t($0) }
        return try HDF5Handle(unsafe library.H5Screate_simple(Int32(shape.count), extents, nil), path, library.H5Sclose)
    }

    private func write(
        _ value: HDF5AttributeContent, named name: String, on object: hid_t, path: String
    ) throws(KerasWriterError) {
        switch value {
        case .emptyList:
            let type = try library.datatype(of: .float64, path: path)
            try write(nil, type: type, shape: [0], named: name, on: object, path: path)
        case .text(let text, let charset):
            try writeVariable([text], charset, shape: [], named: name, on: object, path: path)
        case .texts(let texts, .variable):
            // h5py says ASCII whatever the text is.
            try writeVariable(texts, .ascii, shape: [texts.count], named: name, on: object, path: path)
        case .texts(let texts, .fixed(let size)):
            let type = try library.text(size: size, .ascii, path: path)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size * texts.count)
            for text in texts { bytes += Array(text.utf8) + [UInt8](repeating: 0, count: size - text.utf8.count) }
            try unsafe bytes.span.bytes.withUnsafeBytes { bytes throws(KerasWriterError) in
                try unsafe write(bytes.baseAddress, type: type, shape: [texts.count], named: name, on: object, path: path)
            }
        }
    }

    private func writeVariable(
        _ texts: [String], _ charset: HDF5Attribute.Charset, shape: [Int], named name: String, on object: hid_t, path: String
    ) throws(KerasWriterError) {
        let type = try library.text(size: nil, charset, path: path)
        // All texts in one buffer, each ended by a zero, and a list of where they begin.
        var bytes: [UInt8] = []
        var starts: [Int] = []
        for text in texts {
            guard !text.utf8.contains(0) else { throw .name(text) }
            starts.append(bytes.count)
            bytes += Array(text.utf8) + [0]
        }
        try unsafe bytes.span.bytes.withUnsafeBytes { bytes throws(KerasWriterError) in
            let pointers = unsafe starts.map { unsafe bytes.baseAddress! + $0 }
            try unsafe pointers.span.bytes.withUnsafeBytes { pointers throws(KerasWriterError) in
                try unsafe write(pointers.baseAddress, type: type, shape: shape, named: name, on: object, path: path)
            }
        }
    }

    private func write(
        _ bytes: UnsafeRawPointer?, type: borrowing HDF5Handle, shape: [Int], named name: String, on object: hid_t, path: String
    ) throws(KerasWriterError) {
        let space = try self.space(shape, path)
        let handle = try HDF5Handle(
            unsafe library.H5Acreate2(object, name, type.id, space.id, 0, 0), path, library.H5Aclose)
        guard let bytes = unsafe bytes else { return }
        try library.check(unsafe library.H5Awrite(handle.id, type.id, bytes), path)
    }
}
