extension KerasLayer {
    /// Whether this layer, or one in it, tells others which steps to leave out.
    package var makesMasks: Bool {
        className == "Masking" || config["mask_zero"]?.boolValue == true || children.contains(where: \.makesMasks)
    }
}
