import KerasFiles
import Testing

/// Files made by h5py (`Fixtures/generator/make_hdf5.py`).
@Suite struct HDF5FeatureTests {
    static let refused: [String: KerasFileError.Kind] = [
        "array_type": .unsupportedFeature(.datatype),
        "big_endian": .unsupportedFeature(.bigEndian),
        "big_endian_integer": .unsupportedFeature(.bigEndian),
        "chunked_layout": .unsupportedFeature(.chunkedLayout),
        "committed_datatype": .unsupportedFeature(.committedDatatype),
        "compound_type": .unsupportedFeature(.datatype),
        "creation_order": .unsupportedFeature(.newerObjectHeader),
        "cycle": .unsupportedFeature(.sharedObject),
        "enumeration": .unsupportedFeature(.datatype),
        "external_link": .unsupportedFeature(.externalLink),
        "external_storage": .unsupportedFeature(.externalStorage),
        "filters": .unsupportedFeature(.filters),
        "hard_link": .unsupportedFeature(.sharedObject),
        "long_link_names": .unsupportedFeature(.newerGroup),
        "soft_link_in_message": .unsupportedFeature(.softLink),
        "long_double": .unsupportedFeature(.datatype),
        "newest_format": .unsupportedFeature(.newerSuperblock),
        "null_dataspace": .unsupportedFeature(.nullDataspace),
        "rank_nine": .limitExceeded(.rank, found: 9, limit: 8),
        "reference_type": .unsupportedFeature(.datatype),
        "resizable_dataspace": .unsupportedFeature(.resizableDataspace),
        "sequence_type": .unsupportedFeature(.datatype),
        "shape_bomb": .unsupportedFeature(.unwrittenDataset),
        "shared_datatype": .unsupportedFeature(.committedDatatype),
        "soft_link": .unsupportedFeature(.softLink),
        "string_dataset": .unsupportedFeature(.stringDataset),
        "tagged_opaque": .unsupportedFeature(.datatype),
        "unwritten_dataset": .unsupportedFeature(.unwrittenDataset),
        "user_block": .unsupportedFeature(.userBlock),
        "virtual_layout": .unsupportedFeature(.virtualLayout),
    ]

    @Test(arguments: Fixtures.files(in: "hdf5/refused", ".h5"))
    func foreignFeatureIsNamed(_ path: String) throws {
        let name = String(path.split(separator: "/").last?.dropLast(3) ?? "")
        let expected = try #require(Self.refused[name])
        #expect(failure { _ = try HDF5File(path: Fixtures.root + "/" + path) }?.kind == expected)
    }

    @Test func everyForeignFeatureHasAFile() {
        #expect(Fixtures.files(in: "hdf5/refused", ".h5").count == Self.refused.count)
    }

    private func open(_ name: String) throws -> HDF5Group {
        try HDF5File(path: Fixtures.root + "/hdf5/accepted/\(name).h5").root
    }

    @Test(arguments: [
        ElementType.float16, .float32, .float64, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64,
    ])
    func numbers(_ type: ElementType) throws {
        let dataset = try open("types").dataset("numbers/\(type)")
        #expect(dataset.elementType == type)
        #expect(dataset.shape == [2, 3])
        #expect(dataset.byteCount == 6 * type.size)
        #expect(dataset.path == "/numbers/\(type)")
        #expect(try dataset.tensor.floats() == [0, 1, 2, 3, 100, 7])
        #expect(try dataset.tensor.doubles() == [0, 1, 2, 3, 100, 7])
        if !type.isFloat { #expect(try dataset.tensor.integers() == [0, 1, 2, 3, 100, 7]) }
    }

    @Test func bfloat16AndBool() throws {
        let root = try open("types")
        let brain = try root.dataset("numbers/bfloat16")
        #expect(brain.elementType == .bfloat16)
        let values = try brain.tensor.floats()
        #expect(values[0] == 1 && values[1] == -2 && values[2].bitPattern == 0x7FC1_0000)
        let flags = try root.dataset("numbers/bool")
        #expect(flags.elementType == .bool)
        #expect(try flags.tensor.integers() == [1, 0, 1])
    }

    @Test func ranks() throws {
        let root = try open("types").group("ranks")
        #expect(try root.dataset("scalar").shape == [])
        #expect(try root.dataset("scalar").tensor.floats() == [0.5])
        #expect(try root.dataset("empty").shape == [0, 3])
        #expect(try root.dataset("empty").tensor.floats() == [])
        #expect(try root.dataset("five").shape == [2, 2, 2, 2, 2])
        #expect(try root.dataset("one").attributes.string("name") == "on a dataset")
    }

    @Test func attributes() throws {
        let attributes = try open("types").attributes
        #expect(try attributes.string("variable") == "grün")
        #expect(try attributes.string("variable ascii") == "plain")
        #expect(try attributes.string("variable empty") == "")
        #expect(try attributes.stringList("variable list") == ["a", "", "漢字"])
        #expect(try attributes.string("ascii label, utf-8 text") == "grün")
        #expect(try attributes.stringList("fixed list") == ["layer", "x"])
        #expect(try attributes.string("fixed scalar") == "one")
        #expect(try attributes.string("fixed utf-8") == "grün")
        #expect(try attributes.stringList("no names") == [])
        #expect(try attributes.stringList("one name") == ["only"])
        #expect(try attributes["float"]?.doubles() == [0.25])
        #expect(try attributes["int"]?.integers() == [-7])
        #expect(try attributes["matrix"]?.integers() == [1, 2, 3, 4])
        #expect(attributes["matrix"]?.shape == [2, 2])
        #expect(try attributes["flag"]?.integers() == [1])
        #expect(try attributes["größe"]?.integers() == [200])
        #expect(attributes["variable"]?.value == .strings(["grün"], .variable(.utf8)))
        #expect(attributes["variable ascii"]?.value == .strings(["plain"], .variable(.ascii)))
        #expect(attributes["fixed list"]?.value == .strings(["layer", "x"], .fixed(size: 5, .nullPadded, .ascii)))
    }

    @Test func wrongAttributesAreNamed() throws {
        let attributes = try open("types").attributes
        #expect(failure { _ = try attributes.string("nothing") } == KerasFileError(.missingAttribute, path: "/", key: "nothing"))
        #expect(failure { _ = try attributes.stringList("nothing") } == KerasFileError(.missingAttribute, path: "/", key: "nothing"))
        #expect(
            failure { _ = try attributes.string("float") }
                == KerasFileError(.wrongType(expected: .string, found: .numbers), path: "/", key: "float"))
        #expect(
            failure { _ = try attributes.stringList("variable") }
                == KerasFileError(.wrongType(expected: .strings, found: .string), path: "/", key: "variable"))
        #expect(
            failure { _ = try attributes.string("fixed list") }
                == KerasFileError(.wrongType(expected: .string, found: .strings), path: "/", key: "fixed list"))
        #expect(
            failure { _ = try attributes["float"]?.integers() }
                == KerasFileError(.wrongType(expected: .integers, found: .numbers), path: "/", key: "float"))
        #expect(try attributes.optionalString("nothing") == nil)
    }

    @Test func treeOfSeveralLevels() throws {
        let root = try open("members")
        #expect(root.children.count == 150)
        #expect(root.childNames == (0..<150).map { "member_\($0)" }.sorted())
        for index in 0..<150 {
            #expect(try root.dataset("member_\(index)").tensor.integers() == [Int64(index % 100)])
        }
    }

    @Test func namesBeyondASCII() throws {
        let root = try open("links")
        #expect(try root.group("few").childNames == ["größe 0", "größe 1", "größe 2", "plain"])
        #expect(try root.dataset("few/größe 2").tensor.integers() == [2])
        let many = try root.group("many")
        #expect(many.children.count == 60)
        for index in 0..<60 { #expect(try many.dataset("漢字 number \(index)").tensor.integers() == [Int64(index)]) }
    }

    @Test func attributesBeyondTheFirstBlock() throws {
        let attributes = try open("attributes").attributes
        #expect(attributes.count == 40)
        for index in 0..<40 { #expect(try attributes["attribute \(index)"]?.doubles() == [Double(index)]) }
    }

    @Test func listInParts() throws {
        let group = try open("parts").group("model_weights")
        #expect(try group.stringList("layer_names") == ["a", "bb", "ccc"])
        #expect(group.attributes.hasStringList("layer_names"))
        #expect(!group.attributes.hasStringList("weight_names"))
    }

    @Test func elementsInTheHeader() throws {
        #expect(try open("compact").dataset("compact").tensor.floats() == [0, 1, 2, 3])
    }

    @Test func pathsAreResolved() throws {
        let root = try open("types")
        #expect(try root.dataset("ranks/one").path == "/ranks/one")
        #expect(try root.dataset("ranks//one").path == "/ranks/one")
        #expect(try root.group("ranks").dataset("one").name == "one")
        #expect(root.object("/ranks") == nil)
        #expect(root.object("") == nil)
        #expect(root.object("ranks/one/more") == nil)
        #expect(root.object("ranks/../ranks") == nil)
        #expect(failure { _ = try root.group("ranks/none") } == KerasFileError(.missingObject, path: "/ranks/none"))
        #expect(
            failure { _ = try root.group("ranks/one") }
                == KerasFileError(.wrongType(expected: .group, found: .dataset), path: "/ranks/one"))
        #expect(
            failure { _ = try root.dataset("ranks") }
                == KerasFileError(.wrongType(expected: .dataset, found: .group), path: "/ranks"))
    }
}
