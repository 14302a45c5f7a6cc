extension LabelImage {
  /// Takes numbers of any size, as ``init(width:height:numbers:)``, out of a file that is named in errors.
  ///
  /// - Throws: `ImagingError.tooManyCells` where there are more different ones than ``Label`` can count.
  public init(width: Int, height: Int, numbers: [UInt32], of file: String) throws(ImagingError) {
    guard let cells = LabelImage(width: width, height: height, numbers: numbers) else {
      throw .tooManyCells(file: file, count: Set(numbers).subtracting([0]).count)
    }
    self = cells
  }
}
