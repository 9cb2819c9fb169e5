import CHDF5
import KerasFiles

/// The datatypes in which h5py stores what Keras gives it.
extension nnconv_hdf5 {
    func datatype(of type: ElementType, path: String) throws(KerasWriterError) -> HDF5Handle {
        switch type {
        case .float16: try halfPrecision(path)
        case .bfloat16: try opaque(path)
        case .bool: try boolean(path)
        case .float32: try copy(H5T_IEEE_F32LE_g, path)
        case .float64: try copy(H5T_IEEE_F64LE_g, path)
        case .int8: try copy(H5T_STD_I8LE_g, path)
        case .int16: try copy(H5T_STD_I16LE_g, path)
        case .int32: try copy(H5T_STD_I32LE_g, path)
        case .int64: try copy(H5T_STD_I64LE_g, path)
        case .uint8: try copy(H5T_STD_U8LE_g, path)
        case .uint16: try copy(H5T_STD_U16LE_g, path)
        case .uint32: try copy(H5T_STD_U32LE_g, path)
        case .uint64: try copy(H5T_STD_U64LE_g, path)
        }
    }

    /// A text of any length, or of `size` bytes padded with zeros.
    func text(size: Int?, _ charset: HDF5Attribute.Charset, path: String) throws(KerasWriterError) -> HDF5Handle {
        let type = try copy(H5T_C_S1_g, path)
        let padding = size == nil ? H5T_STR_NULLTERM : H5T_STR_NULLPAD
        try check(H5Tset_size(type.id, size ?? -1), path)  // -1 stands for H5T_VARIABLE
        try check(H5Tset_strpad(type.id, padding), path)
        try check(H5Tset_cset(type.id, H5T_cset_t(rawValue: Int32(charset.rawValue))), path)
        return type
    }

    func check(_ result: herr_t, _ path: String) throws(KerasWriterError) {
        guard result >= 0 else { throw .hdf5(path: path) }
    }

    private func copy(_ type: hid_t, _ path: String) throws(KerasWriterError) -> HDF5Handle {
        try HDF5Handle(H5Tcopy(type), path, H5Tclose)
    }

    /// IEEE 754 binary16, which libhdf5 1.10 has no name for.
    private func halfPrecision(_ path: String) throws(KerasWriterError) -> HDF5Handle {
        let type = try copy(H5T_IEEE_F32LE_g, path)
        try check(H5Tset_fields(type.id, 15, 10, 5, 0, 10), path)
        try check(H5Tset_size(type.id, 2), path)
        try check(H5Tset_ebias(type.id, 15), path)
        return type
    }

    /// NumPy's two bytes without a meaning, which is what bfloat16 becomes.
    private func opaque(_ path: String) throws(KerasWriterError) -> HDF5Handle {
        let type = try HDF5Handle(H5Tcreate(H5T_OPAQUE, 2), path, H5Tclose)
        try check(H5Tset_tag(type.id, ""), path)
        return type
    }

    private func boolean(_ path: String) throws(KerasWriterError) -> HDF5Handle {
        let type = try HDF5Handle(H5Tenum_create(H5T_STD_I8LE_g), path, H5Tclose)
        for (name, value) in [("FALSE", 0), ("TRUE", 1)] {
            var value = Int8(value)
            try check(unsafe H5Tenum_insert(type.id, name, &value), path)
        }
        return type
    }
}
