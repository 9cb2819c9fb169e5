/// Weights of a Keras 3 model in several files (`save_weights(..., max_shard_size=)`, Keras 3.10 onwards): an index tells in which.
enum ShardedWeights {
    /// The weights of all files together, as one file has them.
    ///
    /// - Parameters:
    ///   - index: `weight_map` has for each object the name, or the names, of the files with its variables.
    ///   - path: where the index is. The files must be beside it.
    static func groups(_ index: JSON, at path: String?, limits: Limits) throws(KerasFileError) -> [WeightGroup] {
        let names = try fileNames(index, limits: limits)
        var shards = ShardMerge()
        for name in names {
            do throws(KerasFileError) {
                guard let path else { throw KerasFileError(.missingObject) }
                let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
                let file = try HDF5File(source: try ByteSource(path: folder + name), limits: limits)
                try shards.add(try ObjectListing.groups(in: file))
            } catch {
                throw error.about(.shard(name))
            }
        }
        return shards.groups
    }

    /// The files that the index names, in order. A name that leads out of the folder is refused.
    private static func fileNames(_ index: JSON, limits: Limits) throws(KerasFileError) -> [String] {
        let key = "weight_map"
        guard case .object(let map)? = index[key] else { throw KerasFileError(.missingKey, key: key) }
        var names: Set<String> = []
        for (object, value) in map {
            let listed: [JSON]
            switch value {
            case .string: listed = [value]
            case .array(let values): listed = values
            default: throw KerasFileError(.wrongType(expected: .strings, found: value.valueType), path: object, key: key)
            }
            for entry in listed {
                guard case .string(let name) = entry else {
                    throw KerasFileError(.wrongType(expected: .string, found: entry.valueType), path: object, key: key)
                }
                guard isFileName(name) else { throw KerasFileError(.shardOutside(name), path: object, key: key) }
                names.insert(name)
                guard names.count <= limits.archiveMembers else {
                    throw KerasFileError(
                        .limitExceeded(.archiveMembers, found: UInt64(names.count), limit: UInt64(clamping: limits.archiveMembers)))
                }
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether it names a file in the folder, on any system.
    private static func isFileName(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { "/\\:".utf8.contains($0) || $0 == 0 }
    }
}

/// Joins the weights of several files. An object may have its variables in more than one; files that do not have all of them number
/// theirs as they are numbered in the object.
private struct ShardMerge {
    private var merged: [String: WeightGroup] = [:]

    mutating func add(_ groups: [WeightGroup]) throws(KerasFileError) {
        for group in groups {
            guard var known = merged[group.name] else {
                merged[group.name] = group
                continue
            }
            let taken = Set(known.weights.map(\.name))
            if let twice = group.weights.first(where: { taken.contains($0.name) }) {
                throw KerasFileError(.duplicateName(twice.name), path: group.variablesPath)
            }
            known.label = known.label ?? group.label
            known.weights += group.weights
            known.weights.sort { ObjectListing.precedes($0.name, $1.name) }
            merged[group.name] = known
        }
    }

    /// In the order in which one file has them.
    var groups: [WeightGroup] { merged.values.sorted { ObjectListing.comesBefore($0.name, $1.name) } }
}
