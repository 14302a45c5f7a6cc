extension PixelDigest {
  /// The digest of all pixels of images and masks as a run sees them.
  init(of crops: [Crop]) {
    self.init()
    for crop in crops {
      add(crop.image)
      add(crop.mask)
    }
  }
}
