/// A number as a file of masks stores it.
protocol MaskNumber: BitwiseCopyable, Comparable {
  /// How many different ones there are, where each has a place in a table of all; 0 for more than that.
  static var places: Int { get }
  /// Its place in such a table.
  var place: Int { get }
  /// As a number, rounded beyond 2^53.
  var number: Double { get }
}

extension MaskNumber {
  static var places: Int { 0 }
  var place: Int { 0 }
}

extension MaskNumber where Self: BinaryInteger {
  var number: Double { Double(self) }
}

extension MaskNumber where Self: BinaryFloatingPoint {
  var number: Double { Double(self) }
}

extension UInt8: MaskNumber {
  static var places: Int { 1 << 8 }
  var place: Int { Int(self) }
}

extension Int8: MaskNumber {
  static var places: Int { 1 << 8 }
  var place: Int { Int(self) - Int(Self.min) }
}

extension UInt16: MaskNumber {}
extension Int16: MaskNumber {}
extension UInt32: MaskNumber {}
extension UInt64: MaskNumber {}
extension Int32: MaskNumber {}
extension Int64: MaskNumber {}
extension Float16: MaskNumber {}
extension Float: MaskNumber {}
extension Double: MaskNumber {}

/// Makes something of the numbers of a picture, whatever their type.
protocol MaskPlaneReader {
  associatedtype Result
  func read<Number: MaskNumber>(_ plane: [Number]) -> Result
}
