import CHDF5
import FileOutput

/// The part of an output file in which an HDF5 file comes to lie: what libhdf5 takes for a file.
struct HDF5Region {
    private let file: UnsafeMutablePointer<OutputFile>
    /// Where the HDF5 file begins.
    let start: UInt64
    /// Bytes that belong to the HDF5 file; known when it is closed.
    private(set) var size: UInt64 = 0
    /// What went wrong; libhdf5 only knows that something did.
    private(set) var error: OutputFileError?

    /// `file` must stay where it is for as long as the region is used.
    init(_ file: UnsafeMutablePointer<OutputFile>, start: UInt64) {
        unsafe self.file = unsafe file
        self.start = start
    }

    mutating func write(at offset: UInt64, _ bytes: RawSpan) throws(KerasWriterError) {
        do throws(OutputFileError) {
            unsafe try file.pointee.write(at: start + offset, bytes)
        } catch {
            self.error = error
            throw .writing(error)
        }
    }

    mutating func read(at offset: UInt64, into destination: inout MutableRawSpan) throws(KerasWriterError) {
        do throws(OutputFileError) {
            unsafe try file.pointee.read(at: start + offset, into: &destination)
        } catch {
            self.error = error
            throw .writing(error)
        }
    }

    /// Pads the output file to the size of the HDF5 file.
    fileprivate mutating func finish(_ size: UInt64) {
        self.size = size
        guard size > 0, unsafe file.pointee.length < start + size else { return }
        let last: [UInt8] = [0]
        _ = try? write(at: size - 1, last.span.bytes)
    }

    /// The region behind `region`, for libhdf5. `region` must stay where it is until the file is closed.
    static func sink(_ region: UnsafeMutablePointer<HDF5Region>) -> nnconv_hdf5_sink {
        unsafe nnconv_hdf5_sink(
            context: region,
            read: { context, offset, bytes, count in
                guard let region = unsafe context?.assumingMemoryBound(to: HDF5Region.self) else { return false }
                var destination = unsafe MutableRawSpan(_unsafeStart: bytes, byteCount: count)
                return (try? unsafe region.pointee.read(at: offset, into: &destination)) != nil
            },
            write: { context, offset, bytes, count in
                guard let region = unsafe context?.assumingMemoryBound(to: HDF5Region.self) else { return false }
                let source = unsafe RawSpan(_unsafeStart: bytes, byteCount: count)
                return (try? unsafe region.pointee.write(at: offset, source)) != nil
            },
            finish: { context, size in
                unsafe context?.assumingMemoryBound(to: HDF5Region.self).pointee.finish(size)
            })
    }
}
