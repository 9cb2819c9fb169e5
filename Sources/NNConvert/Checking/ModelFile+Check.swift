import CompactFile
import KerasFiles
import Lowering
import NNInference

/// What was checked of a file in which nothing is wrong.
public struct CheckReport: Sendable {
    /// Tensors whose checksums were compared; nil for a Keras file, which has none.
    public var verifiedTensors: Int?
    /// Verification vectors that this machine answered as recorded; nil for a file without a program.
    public var replayedVectors: Int?
    /// What the model would be converted to; nil for a file with a program.
    public var conversion: ConversionReport?
}

extension ModelFile {
    /// Checks everything there is to check: every byte of a `.nnc` file, everything in a Keras file that might not convert, and that
    /// the model runs.
    ///
    /// - Complexity: reads a `.nnc` file as a whole; runs the model once if it is not large.
    public func check() throws(CheckError) -> CheckReport {
        var report = CheckReport()
        var runs = false
        if case .compact(let model) = content {
            report = try model.check()
            runs = model.program != nil
        }
        let keras: KerasModel?
        do throws(SourceViewError) { keras = try kerasModel() } catch { throw .source(error) }
        if !runs { report.conversion = try Self.checkConversion(of: keras) }
        return report
    }

    private static func checkConversion(of model: KerasModel?) throws(CheckError) -> ConversionReport {
        do throws(ConversionError) {
            guard let model else { throw .empty }
            let report = try CompactConversion(model).report
            guard report.refusals.isEmpty else { throw .refused(LoweringError(refusals: report.refusals)) }
            return report
        } catch {
            throw .conversion(error)
        }
    }
}

extension Model {
    fileprivate func check() throws(CheckError) -> CheckReport {
        let names: ModelNames?
        let vectors: [VerificationVector]
        do throws(FormatError) {
            names = try self.names
            vectors = try verification
            try verify()
        } catch {
            throw .format(error)
        }
        guard program != nil else { return CheckReport(verifiedTensors: layout.tensors.count) }
        for vector in vectors { try check(vector, names) }
        if vectors.isEmpty { try checkSession() }
        return CheckReport(verifiedTensors: layout.tensors.count, replayedVectors: vectors.count)
    }

    private func check(_ vector: VerificationVector, _ names: ModelNames?) throws(CheckError) {
        let departure: VerificationDeparture?
        do throws(ProgramError) { departure = try replay(vector) } catch { throw .program(error) }
        if let departure { throw .departure(departure, layer: names?.layers[departure.operation]) }
    }

    /// Makes a session, if the model says how large its inputs are.
    private func checkSession() throws(CheckError) {
        let shapes = program?.inputs.map { $0.shape.dimensions.dropFirst() } ?? []
        guard shapes.allSatisfy({ !$0.contains(Shape.unknown) }) else { return }
        do throws(ProgramError) { _ = try Session(self) } catch { throw .program(error) }
    }
}
