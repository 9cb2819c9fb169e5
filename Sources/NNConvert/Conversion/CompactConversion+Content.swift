import CompactFile
import KerasFiles
import Lowering
import NNInference

extension CompactConversion {
    private static func needs(of lowered: LoweredModel) throws(ConversionError) -> Program.Requirements {
        do throws(ProgramError) {
            return try lowered.program.requirements(tensors: lowered.descriptors)
        } catch {
            throw .program(error)
        }
    }

    /// The part of the file that running takes.
    static func runnableContent(
        _ lowered: LoweredModel, _ options: CompactOptions, _ omissions: inout Omissions
    ) throws(ConversionError) -> CompactFileContent {
        let needs = try needs(of: lowered)
        let names = ModelNames(inputs: lowered.inputNames, outputs: lowered.outputNames, layers: lowered.operationNames)
        var content = CompactFileContent(
            tensors: lowered.tensors.map { .init($0.source, layout: $0.descriptor.layout) }, program: lowered.program,
            arenaBytes: needs.arenaBytes.map(UInt64.init) ?? ProgramNeeds.unknown,
            stateBytes: needs.stateBytes.map(UInt64.init) ?? ProgramNeeds.unknown, names: options.stripped.contains(.names) ? nil : names)
        if let vector = try verification(content, needs, options, &omissions) { content.verification = [vector] }
        return content
    }

    /// The part of the file that going back to Keras takes.
    static func addSource(
        of model: KerasModel, _ places: [WeightPlace?], _ options: CompactOptions, to content: inout CompactFileContent,
        _ omissions: inout Omissions
    ) throws(ConversionError) {
        guard !options.stripped.contains(.source) else {
            if let optimizer = model.optimizerWeights { omissions.add(.optimizer, .belongsToSource, byteCount: optimizer.tensorBytes) }
            return
        }
        if options.stripped.contains(.optimizer), let optimizer = model.optimizerWeights {
            omissions.add(.optimizer, .asked, byteCount: optimizer.tensorBytes)
        }
        do throws(CompactFileError) {
            try content.addSource(model, places: places, withOptimizer: !options.stripped.contains(.optimizer))
        } catch {
            throw ConversionError(error)
        }
    }

    static func writer(_ content: CompactFileContent) throws(ConversionError) -> CompactFileWriter {
        do throws(CompactFileError) { return try CompactFileWriter(content) } catch { throw ConversionError(error) }
    }

    /// Opens what a file with this content would be.
    static func open(_ content: CompactFileContent) throws(ConversionError) -> Model {
        let memory: ModelMemory
        let writer = try writer(content)
        do throws(CompactFileError) { memory = try writer.memory() } catch { throw ConversionError(error) }
        do throws(FormatError) { return try Model(memory) } catch { throw .format(error) }
    }

    /// Runs the model once, in double precision, unless that would take long; nil when there is to be no vector.
    private static func verification(
        _ content: CompactFileContent, _ needs: Program.Requirements, _ options: CompactOptions, _ omissions: inout Omissions
    ) throws(ConversionError) -> VerificationVector? {
        guard !options.stripped.contains(.verification) else { return nil }
        let bytes = content.tensors.reduce(UInt64(0)) { $0 + UInt64($1.tensor.byteCount) }
        guard bytes <= options.verificationBytes else {
            omissions.add(.verification, .tooManyBytes(bytes))
            return nil
        }
        if let work = needs.multiplyAccumulates, work > options.verificationWork {
            omissions.add(.verification, .tooMuchWork(multiplyAccumulates: work))
            return nil
        }
        let model = try open(content)
        do throws(ProgramError) {
            return try model.makeVerification()
        } catch {
            omissions.add(.verification, .noReferenceRun)
            return nil
        }
    }
}

extension KerasModel {
    /// Bytes of all weights in the file, the optimizer's among them.
    public var tensorBytes: UInt64 {
        let groups = weightGroups + [topLevelWeights, optimizerWeights].compactMap { $0 }
        return groups.reduce(0) { $0 + $1.tensorBytes }
    }
}

extension WeightGroup {
    /// Bytes of its weights.
    public var tensorBytes: UInt64 { weights.reduce(0) { $0 + UInt64($1.tensor.byteCount) } }
}
