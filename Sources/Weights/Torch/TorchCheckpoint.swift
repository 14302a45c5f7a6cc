import Archives
public import Foundation

/// The state dict in a file of `torch.save`: the ZIP format and the older one (`.pth`, `.pt`).
///
/// Any strides, offsets and shared storages; float, half, bfloat16 and double values become F32. Batch
/// norm's `num_batches_tracked` is passed over. Memory stays below five times the file's size.
public enum TorchCheckpoint {
  /// The largest file that is read; torchvision's ResNet-34 has 87 MB.
  static let largest = 2 << 30

  /// How a file of the older format begins: a pickle of its magic number.
  static let legacyMagic: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  /// Reads the bytes of a file.
  ///
  /// - Throws: `WeightsError.checkpoint` where they are not a checkpoint, hold more than a state dict of
  ///   tensors, or contradict themselves; `.type` where a tensor is not of floating point numbers.
  public static func decode(_ data: Data) throws(WeightsError) -> StateDict {
    guard data.count <= largest else { throw .checkpoint("a file of \(data.count) bytes") }
    if data.starts(with: ZipArchive.magic) { return try zip(data) }
    guard data.starts(with: legacyMagic) else {
      throw .checkpoint("it begins like neither format of torch.save")
    }
    return try legacy(data)
  }

  /// Whether bytes begin as a file of torch.save does.
  static func begins(_ data: Data) -> Bool {
    data.starts(with: ZipArchive.magic) || data.starts(with: legacyMagic)
  }

  private static func zip(_ data: Data) throws(WeightsError) -> StateDict {
    let archive = try TorchArchive(data)
    let roots = archive.names.filter { $0.hasSuffix("/data.pkl") }
    guard let pickle = roots.first, roots.count == 1 else {
      throw .checkpoint("a ZIP file without torch's data.pkl")
    }
    let root = pickle.dropLast("data.pkl".count)
    if archive.names.contains("\(root)byteorder") {
      let order = data.dropFirst(try archive.range(of: "\(root)byteorder").lowerBound).prefix(3)
      guard order.elementsEqual("lit".utf8) else { throw .checkpoint("its numbers are big-endian") }
    }
    let range = try archive.range(of: pickle)
    guard range.count <= TorchObjects.longest else { throw .checkpoint("its pickle is too long") }
    let bytes = [UInt8](data.dropFirst(range.lowerBound).prefix(range.count))
    var unpickler = Unpickler(bytes, TorchObjects())
    let top = try unpickler.value()
    guard unpickler.position == range.count else { throw .checkpoint("bytes follow its pickle") }
    var found: [String: Range<Int>] = [:]
    return try StateDict(top, unpickler, in: data) { (storage) throws(WeightsError) in
      if let range = found[storage.key] { return range }
      let range = try archive.range(of: "\(root)data/\(storage.key)")
      found[storage.key] = range
      return range
    }
  }

  /// Magic number, protocol, the system, the state dict and the keys of its storages, a pickle each;
  /// then the storages in that order, each with the number of its elements before it.
  private static func legacy(_ data: Data) throws(WeightsError) -> StateDict {
    var unpickler = Unpickler(
      [UInt8](data.prefix(TorchObjects.longest)), at: legacyMagic.count, TorchObjects())
    guard try unpickler.value() == .integer(1001) else {
      throw .checkpoint("an older format than PyTorch 0.1.10's")
    }
    guard case .dictionary(let system) = try unpickler.value(),
      unpickler.values.dictionaries[system].contains(where: {
        unpickler.values.text($0.key) == "little_endian" && $0.value == .bool(true)
      })
    else { throw .checkpoint("its numbers are big-endian") }
    let top = try unpickler.value()
    guard case .list(let place) = try unpickler.value() else {
      throw .checkpoint("the list of its storages is missing")
    }
    let ranges = try ranges(of: place, unpickler, in: data)
    return try StateDict(top, unpickler, in: data) { (storage) throws(WeightsError) in
      guard let range = ranges[storage.key] else {
        throw .checkpoint("it lacks the storage \(Shown.text(storage.key))")
      }
      return range
    }
  }

  /// Where the storages lie that a list of keys names.
  private static func ranges(
    of keys: Int, _ unpickler: Unpickler<TorchObjects>, in data: Data
  ) throws(WeightsError) -> [String: Range<Int>] {
    let types = Dictionary(
      unpickler.vocabulary.storages.map { ($0.key, $0.type) }, uniquingKeysWith: { a, _ in a })
    var ranges: [String: Range<Int>] = [:]
    var position = unpickler.position
    for key in unpickler.values.lists[keys] {
      guard let name = unpickler.values.text(key), let type = types[name], ranges[name] == nil
      else {
        throw .checkpoint("a storage that nothing uses, or that comes twice")
      }
      guard position + 8 <= data.count else {
        throw .checkpoint("the file ends before its storages")
      }
      let bytes = data.dropFirst(position).prefix(8)
      let count = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      position += 8
      guard count <= UInt64((data.count - position) / type.size) else {
        throw .checkpoint("the storage \(Shown.text(name)) of \(count) values goes beyond the file")
      }
      ranges[name] = position..<position + Int(count) * type.size
      position += Int(count) * type.size
    }
    guard position == data.count else {
      throw .checkpoint("\(data.count - position) bytes follow its storages")
    }
    return ranges
  }
}
