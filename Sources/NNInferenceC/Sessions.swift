import NNInference

@_cdecl("nn_session_make")
public func sessionMake(_ model: OpaquePointer, _ options: UnsafeRawPointer?, _ result: UnsafeMutablePointer<OpaquePointer?>) -> Int32 {
    let model = Handle.object(model, as: Model.self)
    guard let program = model.program else { return Status.notRunnable }
    var chosen = SessionOptions()
    if let options {
        guard let given = options.load(as: Options.self).sessionOptions(for: program) else { return Status.badOptions }
        chosen = given
    }
    do throws(ProgramError) {
        result.pointee = Handle.make(SessionObject(try Session(model, options: chosen)))
        return Status.ok
    } catch {
        return Status.badOptions
    }
}

@_cdecl("nn_session_close")
public func sessionClose(_ session: OpaquePointer?) { Handle.release(session, as: SessionObject.self) }

@_cdecl("nn_session_input_count")
public func sessionInputCount(_ session: OpaquePointer) -> Int { Handle.object(session, as: SessionObject.self).session.inputCount }

@_cdecl("nn_session_output_count")
public func sessionOutputCount(_ session: OpaquePointer) -> Int { Handle.object(session, as: SessionObject.self).session.outputCount }

@_cdecl("nn_session_input_info")
public func sessionInputInfo(
    _ session: OpaquePointer, _ input: Int, _ type: UnsafeMutablePointer<UInt32>, _ shape: UnsafeMutablePointer<Int>,
    _ rank: UnsafeMutablePointer<Int>
) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in write(try object.session.inputInfo(input), type, shape, rank) }
}

@_cdecl("nn_session_output_info")
public func sessionOutputInfo(
    _ session: OpaquePointer, _ output: Int, _ type: UnsafeMutablePointer<UInt32>, _ shape: UnsafeMutablePointer<Int>,
    _ rank: UnsafeMutablePointer<Int>
) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in write(try object.session.outputInfo(output), type, shape, rank) }
}

private func write(
    _ info: ValueInfo, _ type: UnsafeMutablePointer<UInt32>, _ shape: UnsafeMutablePointer<Int>, _ rank: UnsafeMutablePointer<Int>
) {
    type.pointee = UInt32(info.type.rawValue)
    rank.pointee = info.shape.rank
    for axis in 0..<info.shape.rank { shape[axis] = info.shape[axis] }
}

@_cdecl("nn_session_set_input")
public func sessionSetInput(_ session: OpaquePointer, _ input: Int, _ elements: UnsafePointer<Float>, _ count: Int) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in try object.session.setInput(input, Span(_unsafeStart: elements, count: count)) }
}

@_cdecl("nn_session_set_input_int32")
public func sessionSetInputInt32(_ session: OpaquePointer, _ input: Int, _ elements: UnsafePointer<Int32>, _ count: Int) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in try object.session.setInput(input, Span(_unsafeStart: elements, count: count)) }
}

@_cdecl("nn_session_run_inputs")
public func sessionRunInputs(_ session: OpaquePointer) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in try object.session.run() }
}

@_cdecl("nn_session_copy_output")
public func sessionCopyOutput(_ session: OpaquePointer, _ output: Int, _ elements: UnsafeMutablePointer<Float>, _ count: Int) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in
        var span = MutableSpan(_unsafeStart: elements, count: count)
        try object.session.copyOutput(output, into: &span)
    }
}

@_cdecl("nn_session_run")
public func sessionRun(
    _ session: OpaquePointer, _ x: UnsafePointer<Float>, _ xCount: Int, _ y: UnsafeMutablePointer<Float>, _ yCount: Int
) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in
        var span = MutableSpan(_unsafeStart: y, count: yCount)
        try object.session.run(Span(_unsafeStart: x, count: xCount), into: &span)
    }
}

@_cdecl("nn_session_state_count")
public func sessionStateCount(_ session: OpaquePointer) -> Int { Handle.object(session, as: SessionObject.self).session.stateCount }

@_cdecl("nn_session_copy_state")
public func sessionCopyState(_ session: OpaquePointer, _ elements: UnsafeMutablePointer<Float>, _ count: Int) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in
        var span = MutableSpan(_unsafeStart: elements, count: count)
        try object.session.copyState(into: &span)
    }
}

@_cdecl("nn_session_set_state")
public func sessionSetState(_ session: OpaquePointer, _ elements: UnsafePointer<Float>, _ count: Int) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in try object.session.setState(Span(_unsafeStart: elements, count: count)) }
}

@_cdecl("nn_session_reset_state")
public func sessionResetState(_ session: OpaquePointer) { Handle.object(session, as: SessionObject.self).session.resetState() }
