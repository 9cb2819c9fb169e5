import NNInference

@_cdecl("nn_session_set_input_int64")
public func sessionSetInputInt64(_ session: OpaquePointer, _ input: Int, _ elements: UnsafePointer<Int64>, _ count: Int) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in try object.session.setInput(input, Span(_unsafeStart: elements, count: count)) }
}

@_cdecl("nn_session_set_input_texts")
public func sessionSetInputTexts(
    _ session: OpaquePointer, _ input: Int, _ texts: UnsafePointer<UnsafePointer<UInt8>>, _ lengths: UnsafePointer<Int>?, _ count: Int
) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in
        try object.session.setInput(input, count: count) { position in
            UnsafeBufferPointer(start: texts[position], count: lengths?[position] ?? zeroTerminatedLength(texts[position]))
        }
    }
}

private func zeroTerminatedLength(_ text: UnsafePointer<UInt8>) -> Int {
    var length = 0
    while text[length] != 0 { length += 1 }
    return length
}

@_cdecl("nn_session_copy_output_int64")
public func sessionCopyOutputInt64(_ session: OpaquePointer, _ output: Int, _ elements: UnsafeMutablePointer<Int64>, _ count: Int) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in
        var span = MutableSpan(_unsafeStart: elements, count: count)
        try object.session.copyOutput(output, into: &span)
    }
}

@_cdecl("nn_session_output_text")
public func sessionOutputText(
    _ session: OpaquePointer, _ output: Int, _ position: Int, _ text: UnsafeMutablePointer<UnsafePointer<UInt8>?>,
    _ length: UnsafeMutablePointer<Int>
) -> Int32 {
    let object = Handle.object(session, as: SessionObject.self)
    return Status.of { () throws(RunError) in
        // The text lies in the session or its model and outlives the span.
        try object.session.withOutputText(output, at: position) { utf8 in
            utf8.withUnsafeBufferPointer {
                text.pointee = $0.baseAddress
                length.pointee = $0.count
            }
        }
    }
}
