import KerasFiles

/// What layers computed in the release that wrote a file, where Keras 3 computes otherwise and its configuration has no words
/// for it. (What it has words for is translated when the file is read.) Checked by running those releases.
struct WriterDifferences: Sendable {
    /// nil for Keras 3.
    private let version: KerasVersion?
    let randomCrop: RandomCrop

    /// What RandomCrop does at inference.
    enum RandomCrop {
        /// Nothing, from Keras 3.8 on.
        case identity
        /// Cuts the middle out in the ratio that is asked for, and resizes it.
        case resizes
        /// Cuts as much as is asked for out, from where that middle begins, and resizes what is less. Keras 3.6 and 3.7.
        case cutsFromMiddle
    }

    static let none = WriterDifferences()

    private init() {
        version = nil
        randomCrop = .identity
    }

    init(_ version: KerasVersion) {
        let isKeras3 = version.lineage == .multiBackend
        self.version = isKeras3 ? nil : version
        let number = (version.major, version.minor)
        randomCrop = !isKeras3 || number < (3, 6) ? .resizes : number < (3, 8) ? .cutsFromMiddle : .identity
    }

    /// Layers of which Keras 2 lets no mask pass, and Keras 3 does.
    func dropsMask(_ className: String) -> Bool {
        version != nil && ["Identity", "Normalization", "Rescaling"].contains(className)
    }

    /// The smallest epsilon of a BatchNormalization of images. TensorFlow's fused operation raised smaller ones, up to 2.11, to what
    /// cuDNN wanted.
    func smallestEpsilon(rank: Int, axis: Int) -> Float {
        guard let version, isFused(version, rank: rank, axis: axis) else { return 0 }
        return 1.001e-5
    }

    private func isFused(_ version: KerasVersion, rank: Int, axis: Int) -> Bool {
        let number = number(version)
        guard version.lineage == .tensorFlow else { return rank == 4 && axis == 3 && number >= (2, 2, 0) }
        guard number < (2, 12, 0) else { return false }
        let isChannelAxis = axis == rank - 1 || axis == 1 && number >= (2, 4, 0)
        return isChannelAxis && (rank == 4 || rank == 5 && number >= (2, 5, 0))
    }

    private func number(_ version: KerasVersion) -> (Int, Int, Int) { (version.major, version.minor, version.patch) }
}
