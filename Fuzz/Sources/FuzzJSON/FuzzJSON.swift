import KerasFiles

/// Parses a JSON text. What is accepted must come back the same in both styles.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let json = try? JSON(parsing: bytes) else { return 0 }
    for style in [JSON.Style.compact, .python] {
        let again = try? JSON(parsing: json.utf8(style))
        precondition(again == json)
    }
    return 0
}
