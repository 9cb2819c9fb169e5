/// Why a Keras file was refused, and where.
///
/// The error is data: `kind` says what is wrong and carries the figures, `path`, `key` and `offset` say where. Its wording is
/// the business of whoever shows it to a person. Text taken from the file (`path`, `key`) is untrusted: escape it before printing.
public struct KerasFileError: Error, Equatable, Sendable {
    public var kind: Kind
    /// The HDF5 object (`/model_weights/dense`), the member of the archive, or the layer (`sequential/dense`).
    public var path: String?
    /// The attribute or the JSON key.
    public var key: String?
    /// Bytes from the start of the file, of the HDF5 image inside an archive, or of the JSON text.
    public var offset: UInt64?
    /// Which file it is about, if not the one that was opened but one that goes with it.
    public var companion: Companion?

    public init(_ kind: Kind, path: String? = nil, key: String? = nil, offset: UInt64? = nil) {
        self.kind = kind
        self.path = path
        self.key = key
        self.offset = offset
    }
}

extension KerasFileError {
    /// A file that is read beside the one that is opened.
    public enum Companion: Equatable, Sendable {
        /// ``ReadingOptions/architecture`` and ``ReadingOptions/weights``.
        case architecture, weights
        /// One of the files that weights are parted into, by its name.
        case shard(String)
    }

    public enum Kind: Equatable, Sendable {
        // The file as bytes.
        case cannotOpen(errno: Int32)
        case notRegularFile
        case readFailed(errno: Int32)
        /// `needed` bytes were promised and only `available` are there: cut short, or changed while it was read.
        case truncated(needed: UInt64, available: UInt64)

        // The container.
        case notHDF5
        case malformed(Structure, Flaw)
        /// Valid HDF5 that no Keras writes.
        case unsupportedFeature(Feature)
        case limitExceeded(Limit, found: UInt64, limit: UInt64)
        case json(JSONProblem)
        case zip(ZipProblem)

        // What the container says.
        case unsupportedFormat(FileFormat)
        /// The file says this itself, and something else was given for it.
        case needless(Given)
        case missingObject
        case missingAttribute
        case missingKey
        case wrongType(expected: ValueType, found: ValueType)
        case weightCount(expected: Int, found: Int)
        case weightShape(expected: [Int], found: [Int])
        /// The file has no `object` (a path), where the weights of the layer `path` should be; beside that place it has `found` (ten of them at most).
        case weightsMissing(object: String, found: [String])
        /// The name of a stored weight contradicts the role that its place in the list gives it. `path` names the layer.
        case weightRole(expected: String, found: String)
        /// The file has weights for a layer that its configuration does not have.
        case weightsWithoutLayer
        /// Weights are listed for this layer where its configuration has another one.
        case layerOrder(expected: String)
        /// Two layers of one model, or two lists of weights, have this name.
        case duplicateName(String)
        /// An index of weights names a file that is not beside it.
        case shardOutside(String)
        /// Nothing that the model cannot carry has the name of this ``Replacement``; `replaceable` has the names of what there is.
        case nothingToReplace(String, replaceable: [String])
        /// The layers of a Functional model cannot call each other as it is written. `path` is the model or the layer.
        case graph(GraphProblem)
        /// Two keys of a layer mean the same: `key` of the error and this one.
        case duplicateKey(String)
    }

    /// A part of an HDF5 file. Names follow the HDF5 file format specification, version 2.0.
    public enum Structure: String, Equatable, Sendable {
        case superblock, objectHeader, headerMessage, continuation
        case symbolTable, groupTree, symbolNode, localHeap, linkName, fractalHeap, linkIndex
        case dataspace, datatype, dataLayout, attribute
        case globalHeap, heapReference, text
        case extents, tensor
        /// A header or the directory of a zip archive.
        case archive
    }

    /// In what way a structure is wrong.
    public enum Flaw: String, Equatable, Sendable {
        case signature, version, size, count, address, order, value, encoding, checksum
        /// Something that must be there is not.
        case absent
        /// Something that may be there once is there again.
        case duplicate
        /// Two structures claim the same bytes of the file.
        case overlap
    }

    /// An HDF5 feature outside the subset that Keras writes.
    public enum Feature: String, Equatable, Sendable {
        case userBlock, newerSuperblock, addressSize, driverInformation
        case newerObjectHeader, newerGroup, newerAttributeStorage
        case softLink, externalLink, sharedObject, sharedMessage, committedDatatype
        case olderLayout, chunkedLayout, virtualLayout, newerLayout, filters, externalStorage
        case unwrittenDataset, resizableDataspace, nullDataspace
        case bigEndian, stringDataset, datatype, unknownMessage
    }

    /// Which of ``Limits`` was exceeded.
    public enum Limit: String, Equatable, Sendable {
        case jsonBytes, jsonDepth, jsonNodes
        case groupDepth, objects, groupMembers, attributes, nameBytes, linkNameBytes, headerBytes, metadataBytes, stringBytes, rank
        case layerDepth
        case archiveMembers, inflatedBytes
    }

    /// A way in which a text is not JSON, or not JSON that means one thing.
    public enum JSONProblem: Equatable, Sendable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case malformedNumber
        case malformedEscape
        /// `\ud800` without its other half: no Unicode text contains it, and Python and others disagree about it.
        case loneSurrogate
        case controlCharacter
        case invalidUTF8
        /// `key` of the error names it. Parsers disagree about which value counts.
        case duplicateKey
        case trailingBytes
    }

    /// What ``ReadingOptions`` can give.
    public enum Given: String, Equatable, Sendable {
        case architecture, weights, backend
    }

    /// What is wrong with the calls of layers.
    public enum GraphProblem: Equatable, Sendable {
        /// It is no list of tensors and arguments.
        case malformedCall
        /// It is not the name of a layer, the number of a call and that of an output.
        case malformedTensor
        /// A tensor is said to come from a layer that the model does not have.
        case unknownLayer(String)
        /// A tensor is said to come from a call of the layer that there is not.
        case noSuchCall(layer: String, call: Int)
        /// Layers wait for each other.
        case cycle
    }

    /// Kinds of file that are recognised in order to be refused by name.
    public enum FileFormat: String, Equatable, Sendable {
        case unknown, empty, zip, hdf5, json, savedModel, keras0, nnc
        /// Weights without the model that they belong to: by layer, by object, and by object in several files. They take an
        /// ``ReadingOptions/architecture``.
        case weightsOnly, keras3Weights, shardedWeights
        /// A configuration without weights: it takes ``ReadingOptions/weights``.
        case architecture
        /// A whole model, where only weights are wanted.
        case wholeModel
        /// Weights as pickled Python objects in an `.npz` file, which can be read by nothing but Python.
        case npzWeights
    }

    /// What was expected and what was found instead.
    public enum ValueType: String, Equatable, Sendable {
        case group, dataset
        case string, strings, numbers, integers
        case null, bool, integer, float, number, array, object
    }
}
