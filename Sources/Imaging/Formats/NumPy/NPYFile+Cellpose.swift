import Archives

extension NPYFile {
  /// The largest file of Python objects that is read: Cellpose keeps the flows too, which are larger than the masks.
  private static let largest = 2 << 30

  /// The array that Cellpose calls `masks`, out of the pickle that begins at a byte.
  static func masks(
    in file: PictureBytes, from start: Int
  ) throws(ImagingError) -> NumPyArray {
    guard file.count <= largest else {
      throw .unsupported(
        file: file.name, reason: "a pickle of \(file.count) bytes", advice: advice)
    }
    let bytes = try file.read(at: 0, count: file.count)
    var unpickler = Unpickler(bytes, at: start, NumPyObjects(file: file.name))
    let top = try unpickler.value()
    let values = unpickler.values
    guard let whole = unpickler.vocabulary.array(top), case .list(let list) = whole.data,
      values.lists[list].count == 1, case .dictionary(let place) = values.lists[list][0],
      let masks = values.dictionaries[place].last(where: { values.text($0.key) == "masks" })
    else {
      throw .unsupported(
        file: file.name, reason: "its values are Python objects, and no masks of Cellpose's",
        advice: advice)
    }
    guard let parts = unpickler.vocabulary.array(masks.value) else {
      throw .unsupported(
        file: file.name, reason: "its masks are no array of numbers", advice: advice)
    }
    guard let type = parts.type else {
      throw .unsupported(
        file: file.name, reason: "its masks are \(NumPyType.words(for: parts.code))",
        advice: advice)
    }
    let (data, first) = try bytesOf(parts.data, in: values, file)
    return try NumPyArray(
      type, shape: parts.shape, isFortran: parts.isFortran, in: data, at: first)
  }

  /// The bytes of an array, and where in them it begins.
  private static func bytesOf(
    _ data: PickleValue, in values: PickleValues, _ file: PictureBytes
  ) throws(ImagingError) -> (PictureBytes, Int) {
    switch data {
    case .bytes(let range): return (PictureBytes(Array(values.bytes[range]), name: file.name), 0)
    case .text:
      // Protocol 2 has no bytes: each is a letter of Latin 1.
      let scalars = values.text(data)?.unicodeScalars
      let bytes = scalars?.compactMap { UInt8(exactly: $0.value) }
      if let bytes, bytes.count == scalars?.count {
        return (PictureBytes(bytes, name: file.name), 0)
      }
    default: break
    }
    throw .damaged(file: file.name, reason: "its masks have no values")
  }
}
