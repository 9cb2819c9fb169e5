import NNInference

@_cdecl("nn_model_open_file")
public func modelOpenFile(_ path: UnsafePointer<CChar>, _ result: UnsafeMutablePointer<OpaquePointer?>) -> Int32 {
    do throws(OpenError) {
        result.pointee = Handle.make(try Model(path: String(cString: path)))
        return Status.ok
    } catch {
        return Status.of(error)
    }
}

@_cdecl("nn_model_open_bytes")
public func modelOpenBytes(_ bytes: UnsafeRawPointer, _ count: Int, _ result: UnsafeMutablePointer<OpaquePointer?>) -> Int32 {
    open(result) { () throws(FormatError) in try Model(bytes: [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))) }
}

@_cdecl("nn_model_open_permanent")
public func modelOpenPermanent(_ bytes: UnsafeRawPointer, _ count: Int, _ result: UnsafeMutablePointer<OpaquePointer?>) -> Int32 {
    guard UInt(bitPattern: bytes) % 16 == 0 else { return Status.badArgument }
    return open(result) { () throws(FormatError) in try Model(at: bytes, count: count) }
}

private func open(_ result: UnsafeMutablePointer<OpaquePointer?>, _ make: () throws(FormatError) -> Model) -> Int32 {
    do {
        result.pointee = Handle.make(try make())
        return Status.ok
    } catch {
        return Status.badFile
    }
}

@_cdecl("nn_model_verify")
public func modelVerify(_ model: OpaquePointer) -> Int32 {
    do throws(FormatError) {
        try Handle.object(model, as: Model.self).verify()
        return Status.ok
    } catch {
        return Status.badFile
    }
}

@_cdecl("nn_model_close")
public func modelClose(_ model: OpaquePointer?) { Handle.release(model, as: Model.self) }
