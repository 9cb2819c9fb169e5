import KerasFiles
import NNConvert
import TensorFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One argument of `--input`: `FILE` or `NAME=FILE`.
struct InputArgument {
    var name: String?
    var path: String

    init(_ argument: String) {
        // A file whose name has an equals sign in it is that file.
        if let equals = argument.firstIndex(of: "="), access(argument, F_OK) != 0 {
            name = String(argument[..<equals])
            path = String(argument[argument.index(after: equals)...])
        } else {
            path = argument
        }
    }

    /// The tensors in the file that are for the model, which takes `texts` or numbers.
    func tensors(for names: InterfaceNames, texts: Bool = false) throws(Failure) -> [PredictionInput] {
        let file = try read(texts: texts)
        let isTable = file.format == .csv
        if file.tensors.count == 1 {
            return [PredictionInput(file.tensors[0].value, name: name ?? match(file.tensors[0].name, names), isTable: isTable)]
        }
        guard name == nil else {
            throw Failure(Message("has \(file.tensors.count) tensors where one is wanted"), file: path)
        }
        // Of an archive those that carry an input's name, or its number; it may hold expected results as well.
        let found = file.tensors.compactMap { tensor in
            match(tensor.name, names).map { PredictionInput(tensor.value, name: $0, isTable: isTable) }
        }
        guard !found.isEmpty else {
            let has = file.tensors.map { Escaped.quoted($0.name ?? "") }.joined(separator: ", ")
            let wants = names.inputs.map { Escaped.quoted($0) }.joined(separator: ", ")
            throw Failure(Message("has the tensors \(has), and the model wants \(wants)"), file: path)
        }
        return found
    }

    /// What is recorded for each of the model's outputs: by name, or `output_0` by number.
    func results(for names: InterfaceNames) throws(Failure) -> [TensorValue?] {
        let file = try read()
        let results = names.outputs.indices.map { index in
            (file.tensors.first { $0.name == names.outputs[index] } ?? file.tensors.first { $0.name == "output_\(index)" })?.value
        }
        guard results.contains(where: { $0 != nil }) else {
            let wants = names.outputs.map { Escaped.quoted($0) }.joined(separator: ", ")
            throw Failure(Message("has no results for the model's outputs \(wants)"), file: path)
        }
        return results
    }

    /// What else an archive holds: recordings of layers, by their names.
    func others(for names: InterfaceNames) throws(Failure) -> [NamedTensor] {
        try read().tensors.filter { tensor in
            guard let name = tensor.name, match(name, names) == nil, !names.outputs.contains(name) else { return false }
            return !names.outputs.indices.contains { "output_\($0)" == name }
        }
    }

    /// The model's input that a tensor's name means: by name, or `input_0` by number.
    private func match(_ tensor: String?, _ names: InterfaceNames) -> String? {
        guard let tensor else { return nil }
        if names.inputs.contains(tensor) { return tensor }
        return names.inputs.indices.first { "input_\($0)" == tensor }.map { names.inputs[$0] }
    }

    private func read(texts: Bool = false) throws(Failure) -> TensorFile {
        // Lines of text cannot be told from a table by their content.
        if path == "-" {
            let source = ByteSource(try StandardInput.read())
            return try about("standard input") { () throws(TensorFileError) in try TensorFile(reading: source, as: texts ? .txt : nil) }
        }
        let source = try about(path) { () throws(KerasFileError) in try ByteSource(path: path) }
        let format = TensorFileFormat(suffixOf: path) == .txt ? TensorFileFormat.txt : nil
        return try about(path) { () throws(TensorFileError) in try TensorFile(reading: source, as: format, texts: texts) }
    }
}
