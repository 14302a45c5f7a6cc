import Autograd
public import Foundation

/// The `.safetensors` file: eight bytes of length, a JSON header, then the tensors' bytes.
///
/// Written as F32; F16, BF16 and F64 are read too and become F32. Batch norm's
/// `num_batches_tracked`, a counter that nothing here needs, is passed over.
public enum Safetensors {
  /// The largest header that is read, as in the reference implementation.
  static let longestHeader = 100_000_000

  /// Reads the bytes of a file.
  ///
  /// - Throws: `WeightsError.malformed` where header and bytes do not fit each other exactly
  ///   (too short, gaps, overlaps, bytes left over), `.type` where a tensor is not of floating
  ///   point numbers.
  public static func decode(_ data: Data) throws(WeightsError) -> StateDict {
    let bytes = [UInt8](data)
    let header = try headerRange(bytes)
    let parser = try HeaderParser(Array(bytes[header]))
    let body = bytes.count - header.upperBound
    var expected = 0
    var result = StateDict(metadata: parser.metadata)
    for item in parser.entries.sorted(by: {
      $0.entry.offsets.lexicographicallyPrecedes($1.entry.offsets)
    }) {
      let path = Path(item.name)
      let type = try checked(item.name, item.entry, startsAt: expected, within: body)
      expected = item.entry.offsets[1]
      if item.name.hasSuffix("num_batches_tracked") { continue }
      let range = header.upperBound + item.entry.offsets[0]..<header.upperBound + expected
      guard let values = type.floats(bytes.span.extracting(range)) else {
        throw .type(key: path, found: type.rawValue)
      }
      result.append(NamedTensor(path: path, shape: Shape(item.entry.extents), values: values))
    }
    guard expected == body else {
      throw .malformed("\(body - expected) bytes belong to no tensor")
    }
    return result
  }

  /// The bytes of a file: F32, the tensors in their order, the header padded to eight bytes.
  public static func encode(_ state: StateDict) -> Data {
    var fields: [String] = []
    if !state.metadata.isEmpty {
      let notes = state.metadata.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      fields.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
    }
    var end = 0
    for tensor in state.tensors {
      let start = end
      end += 4 * tensor.values.count
      let extents = tensor.shape.extents.map(String.init).joined(separator: ",")
      fields.append(
        "\(quoted(tensor.path.description)):"
          + "{\"dtype\":\"F32\",\"shape\":[\(extents)],\"data_offsets\":[\(start),\(end)]}")
    }
    var header = Array("{\(fields.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var data = Data(count: 8 + header.count + end)
    fill(&data, header, state.tensors)
    return data
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

  /// Writes a file: beside the old one, synced, then renamed, so that a failure leaves the old one.
  public static func write(_ state: StateDict, to file: URL) throws(WeightsError) {
    do {
      // Foundation on Linux writes a temporary file in the same folder, calls fsync and renames.
      try encode(state).write(to: file, options: .atomic)
    } catch {
      throw .file(path: file.path, reason: "cannot be written: \(reason(for: error))")
    }
  }

  /// What the system said, in words that say what to try.
  private static func reason(for error: any Error) -> String {
    let inner = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    guard let system = inner.map({ $0 as NSError }), system.domain == NSPOSIXErrorDomain else {
      return error.localizedDescription
    }
    switch Int32(system.code) {
    case ENOSPC, EDQUOT, EFBIG:
      return "no space left (disk, quota or limit of file sizes); free some and try again"
    case EACCES, EPERM, EROFS: return "this user may not write there; choose another folder"
    default: return system.localizedDescription
    }
  }

  private static func headerRange(_ bytes: [UInt8]) throws(WeightsError) -> Range<Int> {
    guard bytes.count >= 8 else { throw .malformed("only \(bytes.count) bytes") }
    let length = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= longestHeader else { throw .malformed("a header of \(length) bytes") }
    guard 8 + Int(length) <= bytes.count else {
      throw .malformed("the header should have \(length) bytes, the file ends before")
    }
    return 8..<8 + Int(length)
  }

  /// Checks one entry against the end of the one before and against its own shape.
  private static func checked(
    _ name: String, _ entry: HeaderParser.Entry, startsAt expected: Int, within body: Int
  ) throws(WeightsError) -> ElementType {
    let (start, end) = (entry.offsets[0], entry.offsets[1])
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

  private static func fill(_ data: inout Data, _ header: [UInt8], _ tensors: [NamedTensor]) {
    var bytes = data.mutableBytes
    bytes.storeBytes(of: UInt64(header.count).littleEndian, toByteOffset: 0, as: UInt64.self)
    var position = 8
    for byte in header {
      bytes.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
      position += 1
    }
    for tensor in tensors {
      for value in tensor.values {
        bytes.storeBytes(
          of: value.bitPattern.littleEndian, toByteOffset: position, as: UInt32.self)
        position += 4
      }
    }
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
