import NNInference

extension Model {
    /// What inputs, outputs and layers are called; nil when the file leaves it out.
    public var names: ModelNames? {
        get throws(FormatError) {
            try withBytes { (bytes: RawSpan) throws(FormatError) in try layout.names(in: bytes) }
        }
    }

    /// The verification vectors in the file.
    public var verification: [VerificationVector] {
        get throws(FormatError) {
            try withBytes { (bytes: RawSpan) throws(FormatError) in try layout.verification(in: bytes) }
        }
    }
}
