/// Python values that JSON has no form for, and what stands for them.
enum PythonObjects {
    /// The value with tuples, shapes and arrays inside it turned into plain lists and numbers; nil when there are none. What only
    /// Python can make sense of (code, slices, ellipses) stays as it is.
    ///
    /// Recursion goes as deep as the JSON text, which the parser has bounded.
    static func plain(_ value: JSON) -> JSON? {
        switch value {
        case .array(let elements):
            var changed = false
            let plainElements = elements.map { element in
                guard let plain = plain(element) else { return element }
                changed = true
                return plain
            }
            return changed ? .array(plainElements) : nil
        case .object(let object):
            if let content = content(of: object) { return plain(content) ?? content }
            var result = object
            var changed = false
            for (key, member) in object {
                guard let plain = plain(member) else { continue }
                result[key] = plain
                changed = true
            }
            return changed ? .object(result) : nil
        default:
            return nil
        }
    }

    /// The value without the numbers that Keras 3 gives to objects that stand in several places of a configuration. They are addresses
    /// of one run of Python: beyond the layers that share (``KerasLayer``) they mean nothing.
    static func withoutAddresses(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): return .array(elements.map(withoutAddresses))
        case .object(let object):
            var result = JSONObject()
            for (key, member) in object where key != "shared_object_id" { result[key] = withoutAddresses(member) }
            return .object(result)
        default: return value
        }
    }

    private static func content(of object: JSONObject) -> JSON? {
        // Keras 2.1.6 up to TensorFlow 2.14.
        if object.count == 2, object["type"]?.stringValue == "ndarray", let value = object["value"] { return value }
        switch object["class_name"]?.stringValue {
        // TensorFlow 2.x, HDF5.
        case "__tuple__", "TensorShape": return object["items"]
        // TensorFlow 2.12 onwards and Keras 3.
        case "__numpy__", "__tensor__": return object["config"]?["value"]
        default: return nil
        }
    }
}
