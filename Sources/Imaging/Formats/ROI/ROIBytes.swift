/// The bytes of a ROI as numbers, the highest byte first.
struct ROIBytes {
  let bytes: [UInt8]

  var count: Int { bytes.count }

  func byte(at place: Int) throws(ROIFault) -> Int { try number(at: place, 1) }

  /// A number of two bytes, negative down to -5000: ImageJ takes the others for large ones.
  func short(at place: Int) throws(ROIFault) -> Int {
    let number = try number(at: place, 2)
    return number < 60_536 ? number : number - 65_536
  }

  func unsignedShort(at place: Int) throws(ROIFault) -> Int { try number(at: place, 2) }

  func int(at place: Int) throws(ROIFault) -> Int {
    Int(Int32(truncatingIfNeeded: try number(at: place, 4)))
  }

  /// A coordinate.
  func float(at place: Int) throws(ROIFault) -> Float {
    let float = Float(bitPattern: UInt32(try number(at: place, 4)))
    guard abs(float) < 1e7 else { throw .coordinate(byte: place) }
    return float
  }

  /// A text in UTF-16; nil where it goes beyond the end.
  func text(at place: Int, count: Int) -> String? {
    guard place > 0, count > 0, count <= (bytes.count - place) / 2 else { return nil }
    let units = (0..<count).map {
      UInt16(bytes[place + 2 * $0]) << 8 | UInt16(bytes[place + 2 * $0 + 1])
    }
    return String(validating: units, as: UTF16.self)
  }

  private func number(at place: Int, _ count: Int) throws(ROIFault) -> Int {
    guard place >= 0, place <= bytes.count - count else { throw .end }
    return bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
  }
}

/// Why a ROI is not read.
enum ROIFault: Error, Equatable, CustomStringConvertible {
  case noROI
  case end
  case kind(Int)
  case segment(byte: Int)
  case coordinate(byte: Int)
  case intricate

  /// What, without the file's name.
  var description: String {
    switch self {
    case .noROI: "it does not begin as a ROI of ImageJ does"
    case .end: "a ROI ends within"
    case .kind(let kind): "a ROI of an unknown kind, \(kind)"
    case .segment(let byte): "the path of a ROI makes no sense at byte \(byte)"
    case .coordinate(let byte): "a coordinate of a ROI makes no sense at byte \(byte)"
    case .intricate: "a ROI has more corners than anybody draws"
    }
  }
}
