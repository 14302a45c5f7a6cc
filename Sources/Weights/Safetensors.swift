public import Autograd
public import Foundation

/// The `.safetensors` file: eight bytes of length, a JSON header, then the tensors' bytes.
///
/// Written as F32, or with filters as I8 beside their scales; F16, BF16 and F64 are read too, and all
/// become F32. Batch norm's `num_batches_tracked`, a counter that nothing here needs, is passed over.
public enum Safetensors {
  /// The largest header that is read, as in the reference implementation.
  static let longestHeader = 100_000_000

  /// One tensor of a file, by its place.
  private struct Entry {
    let path: Path
    let type: ElementType
    let shape: Shape
    let range: Range<Int>
  }

  /// Reads the bytes of a file.
  ///
  /// A filter of I8 values is multiplied by its scales, which are not part of the result.
  ///
  /// - Throws: `WeightsError.damaged` where the checksum in it is not its own, `.malformed` where
  ///   header and bytes do not fit each other exactly (too short, gaps, overlaps, bytes left over),
  ///   `.type` where a tensor is not of floating point numbers, `.quantization` where one of I8
  ///   values has no scales that fit it.
  public static func decode(_ data: Data) throws(WeightsError) -> StateDict {
    let bytes = data.span
    let header = try headerRange(bytes)
    try checkSeal(of: bytes)
    let parser = try HeaderParser([UInt8](data.dropFirst(header.lowerBound).prefix(header.count)))
    let entries = try entries(of: parser, from: header.upperBound, to: bytes.count)
    let filters = Set(
      entries.filter { $0.type == .int8 }.map { QuantizedFilter.scales(of: $0.path) })
    var scales: [Path: NamedTensor] = [:]
    for entry in entries where filters.contains(entry.path) {
      guard entry.type == .float32 else {
        throw .quantization(key: entry.path, "scales must be F32, these are \(entry.type.rawValue)")
      }
      scales[entry.path] = try tensor(entry, bytes)
    }
    var result = StateDict(metadata: parser.metadata)
    for entry in entries where scales[entry.path] == nil {
      guard entry.type == .int8 else {
        result.append(try tensor(entry, bytes))
        continue
      }
      let values = try QuantizedFilter.values(
        of: entry.path, shape: entry.shape, bytes: bytes.extracting(entry.range),
        scales: scales[QuantizedFilter.scales(of: entry.path)])
      result.append(NamedTensor(path: entry.path, shape: entry.shape, values: values))
    }
    return result
  }

  /// The bytes of a file: F32, the tensors in their order, the header padded to eight bytes.
  public static func encode(_ state: StateDict) -> Data { joined(pieces(of: state)) }

  /// The same bytes, for a file that is not to be held whole: the header, then a tensor at a time, made
  /// when it is asked for.
  public static func pieces(of state: StateDict) -> some Sequence<Data> {
    pieces(of: state.tensors.map { StoredTensor($0) }, state.metadata)
  }

  /// The bytes of a file whose filters are of eight bits: I8, with a scale for each output channel.
  ///
  /// `NAME` lies beside `NAME.scale`, F32, whose extents are 1 but for the output channels, so that
  /// their product is the filter. What is no filter stays F32, and lies before the filters so that
  /// every tensor begins at a multiple of its elements' size. Filters are the tensors of four extents;
  /// of those in `transposed` the second extent counts the output channels.
  ///
  /// - Throws: `WeightsError.quantization` where a filter holds what is no number.
  public static func encodeQuantized(
    _ state: StateDict, transposed: Set<Path> = []
  ) throws(WeightsError) -> Data {
    var floats: [StoredTensor] = []
    var filters: [StoredTensor] = []
    for tensor in state.tensors {
      guard tensor.shape.extents.count == 4 else {
        floats.append(StoredTensor(tensor))
        continue
      }
      guard state[QuantizedFilter.scales(of: tensor.path)] == nil else {
        throw .quantization(key: tensor.path, "a tensor has the name of its scales")
      }
      let filter = try QuantizedFilter(tensor, axis: transposed.contains(tensor.path) ? 1 : 0)
      floats.append(
        StoredTensor(
          path: QuantizedFilter.scales(of: tensor.path), shape: filter.scaleShape,
          content: .float32(filter.scales)))
      filters.append(
        StoredTensor(path: tensor.path, shape: tensor.shape, content: .int8(filter.numbers)))
    }
    return joined(pieces(of: floats + filters, state.metadata))
  }

  /// Reads a file.
  public static func read(from file: URL) throws(WeightsError) -> StateDict {
    let data: Data
    do {
      data = try Data(contentsOf: file)
    } catch {
      throw .file(path: file.path, reason: "cannot be read: \(error.localizedDescription)")
    }
    do {
      return try decode(data)
    } catch {
      throw .file(path: file.path, reason: error.description)
    }
  }

  /// The notes of a file, without its tensors.
  ///
  /// - Returns: nil where it is no such file.
  public static func metadata(of file: URL) -> [String: String]? {
    guard let handle = try? FileHandle(forReadingFrom: file),
      let start = try? handle.read(upToCount: 8), start.count == 8
    else { return nil }
    defer { try? handle.close() }
    let length = start.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= 1 << 20, let header = try? handle.read(upToCount: Int(length)),
      header.count == Int(length)
    else { return nil }
    return try? HeaderParser([UInt8](header)).metadata
  }

  private static func headerRange(_ bytes: Span<UInt8>) throws(WeightsError) -> Range<Int> {
    guard bytes.count >= 8 else { throw .malformed("only \(bytes.count) bytes") }
    let length = (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[$1]) }
    guard length <= longestHeader else { throw .malformed("a header of \(length) bytes") }
    guard 8 + Int(length) <= bytes.count else {
      throw .malformed("the header should have \(length) bytes, the file ends before")
    }
    return 8..<8 + Int(length)
  }

  /// The tensors of a header, in the order of their bytes, but for counters.
  private static func entries(
    of parser: HeaderParser, from start: Int, to end: Int
  ) throws(WeightsError) -> [Entry] {
    let body = end - start
    var expected = 0
    var result: [Entry] = []
    for entry in parser.entries.sorted(by: { $0.offsets.lexicographicallyPrecedes($1.offsets) }) {
      let type = try checked(entry, startsAt: expected, within: body)
      expected = entry.offsets[1]
      if entry.name.hasSuffix("num_batches_tracked") { continue }
      result.append(
        Entry(
          path: Path(entry.name), type: type, shape: Shape(entry.extents),
          range: start + entry.offsets[0]..<start + expected))
    }
    guard expected == body else {
      throw .malformed("\(body - expected) bytes belong to no tensor")
    }
    return result
  }

  private static func tensor(
    _ entry: Entry, _ bytes: Span<UInt8>
  ) throws(WeightsError) -> NamedTensor {
    let (type, count) = (entry.type, entry.shape.count)
    guard let values = type.floats(bytes.extracting(entry.range), count: count) else {
      throw .type(key: entry.path, found: type.rawValue)
    }
    return NamedTensor(path: entry.path, shape: entry.shape, values: values)
  }

  /// Checks one entry against the end of the one before and against its own shape.
  private static func checked(
    _ entry: HeaderParser.Entry, startsAt expected: Int, within body: Int
  ) throws(WeightsError) -> ElementType {
    let (name, start, end) = (entry.name, entry.offsets[0], entry.offsets[1])
    guard let type = ElementType(rawValue: entry.type) else {
      throw .malformed("'\(name)' has the unknown type '\(entry.type)'")
    }
    guard start == expected, end >= start else {
      throw .malformed("'\(name)' starts at \(start), the tensor before ends at \(expected)")
    }
    guard end <= body else {
      throw .malformed("'\(name)' should end at \(end), the file has \(body) bytes of tensors")
    }
    var size = type.size
    for extent in entry.extents {
      let (product, overflows) = size.multipliedReportingOverflow(by: extent)
      guard !overflows else { throw .malformed("'\(name)' is too large") }
      size = product
    }
    guard size == end - start else {
      throw .malformed(
        "'\(name)' is \(Shape(entry.extents)) of \(entry.type) but has \(end - start) bytes")
    }
    return type
  }

  private static func joined(_ pieces: some Sequence<Data>) -> Data {
    pieces.reduce(into: Data()) { $0.append($1) }
  }

  private static func pieces(
    of tensors: [StoredTensor], _ metadata: [String: String]
  ) -> some Sequence<Data> {
    pieces(of: tensors, behind: header(of: tensors, metadata))
  }

  static func pieces(of tensors: [StoredTensor], behind header: Data) -> some Sequence<Data> {
    (0...tensors.count).lazy.map { $0 == 0 ? header : tensors[$0 - 1].bytes }
  }

  /// The length of the header and the header, with a checksum for the first of its notes.
  static func header(
    of tensors: [StoredTensor], _ metadata: [String: String], checksum: String? = nil
  ) -> Data {
    var fields: [String] = []
    // The checksum of the file that the notes came from is not that of this one.
    let notes =
      (checksum.map { ["\(quoted(checksumNote)):\(quoted($0))"] } ?? [])
      + metadata.filter { $0.key != checksumNote }.sorted { $0.key < $1.key }
      .map { "\(quoted($0.key)):\(quoted($0.value))" }
    if !notes.isEmpty {
      fields.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
    }
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.byteCount
      let extents = tensor.shape.extents.map(String.init).joined(separator: ",")
      fields.append(
        "\(quoted(tensor.path.description)):{\"dtype\":\"\(tensor.type.rawValue)\","
          + "\"shape\":[\(extents)],\"data_offsets\":[\(start),\(end)]}")
    }
    var header = Array("{\(fields.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    return Data((0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
