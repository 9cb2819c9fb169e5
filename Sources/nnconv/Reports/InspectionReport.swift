import KerasFiles
import NNConvert
import NNInference

/// What `nnconv inspect` shows.
struct InspectionReport {
    var path: String
    var file: ModelFile
    var summary: ModelSummary
    var listsTensors: Bool

    var lines: [String] {
        var blocks = [[Escaped.name(path) + ": " + file.words], layerLines, totals, interface, running]
        if listsTensors { blocks.append(TensorList(file).lines) }
        if case .compact(let model) = file.content { blocks.append(FileMapTable(model.layout).lines) }
        return Array(blocks.filter { !$0.isEmpty }.joined(separator: [""]))
    }

    private var layerLines: [String] {
        var table = Table(("Layer (type)", .left), ("Output Shape", .left), ("Param #", .right))
        for layer in summary.layers {
            let indentation = String(repeating: "  ", count: layer.depth)
            table.add(
                "\(indentation)\(Escaped.name(layer.name)) (\(Escaped.name(layer.typeName)))",
                layer.outputShapes.isEmpty ? "?" : layer.outputShapes.map(Figures.shape).joined(separator: " "), Figures.grouped(layer.parameters))
        }
        return (summary.name.map { ["Model: " + Escaped.quoted($0)] } ?? []) + table.lines
    }

    private var totals: [String] {
        let (all, trainable) = (summary.parameters, summary.trainableParameters)
        var lines = ["Total params: \(Figures.grouped(all)) (\(Figures.bytes(summary.tensorBytes)))"]
        if let trainable {
            lines += ["Trainable params: \(Figures.grouped(trainable))", "Non-trainable params: \(Figures.grouped(all - trainable))"]
        }
        if let optimizer = summary.optimizerParameters { lines.append("Optimizer params: \(Figures.grouped(optimizer))") }
        return lines
    }

    private var interface: [String] {
        summary.inputs.map { "Input  \(Escaped.name($0.name)): \(Figures.shape($0.info.shape)) \($0.info.type.words)" }
            + summary.outputs.map { "Output \(Escaped.name($0.name)): \(Figures.shape($0.info.shape)) \($0.info.type.words)" }
    }

    private var running: [String] {
        var lines = ["Size on disk: \(Figures.grouped(file.byteCount)) bytes"]
        guard summary.isRunnable else {
            guard !summary.refusals.isEmpty else { return lines + ["Runnable: no"] }
            return lines + ["Runnable: no, because of"] + summary.refusals.map { "  " + $0.words }
        }
        if let needs = summary.needs, let memory = needs.arenaBytes, let work = needs.multiplyAccumulates {
            let state = needs.stateBytes.flatMap { $0 > 0 ? " and \(Figures.bytes($0)) of state" : nil } ?? ""
            lines.append("To run one sample: \(Figures.bytes(memory)) of working memory\(state), \(Figures.large(work)) multiply-accumulates")
        } else {
            lines.append("To run one sample: depends on the dimensions that are open (None)")
        }
        return lines + ["Runnable: yes"]
    }
}

extension ModelSummary {
    var isRunnable: Bool { refusals.isEmpty && operationCount != nil }
}

extension ModelSummary.Layer {
    /// The Keras class or, where the file does not say, the operations.
    var typeName: String { className ?? operations.words }
}

extension ModelFile {
    /// What kind of file it is and who wrote it.
    var words: String {
        switch content {
        case .keras(let model):
            var words = model.format.words + ", " + model.version.words
            if let backend = model.backend { words += ", " + Escaped.name(backend) }
            words += ", " + Escaped.name(model.root.className)
            words += model.trainingConfiguration == nil ? ", not compiled" : ", compiled"
            return words
        case .compact(let model):
            return "nnc \(FileHeader.containerVersion), operation set \(model.layout.header.operationSet), tensors aligned to \(model.layout.header.alignment) bytes"
        }
    }
}

extension KerasFormat {
    var words: String {
        switch self {
        case .legacyHDF5: "Keras model in HDF5"
        case .legacyWeights: "Keras weights by layer in HDF5"
        case .weights: "Keras weights by path in HDF5"
        case .archive: "Keras archive"
        }
    }
}

extension KerasVersion {
    var words: String {
        let name = lineage == .tensorFlow ? "tf.keras" : "Keras"
        return name + " " + (text.map { Escaped.name($0) } ?? "1")
    }
}
