/// A value that has a text in a table, in digits that read back to the same number.
public protocol CSVField: SendableMetatype {
  /// The text; blank where there is no value.
  var csv: String { get }
  /// Reads a text; nil where it is none of these values.
  init?(csv: String)
}

extension CSVField where Self: LosslessStringConvertible {
  /// What the value is printed as.
  public var csv: String { description }
  /// Reads what it was printed as.
  public init?(csv: String) { self.init(csv) }
}

extension String: CSVField {}
extension Int: CSVField {}
extension UInt64: CSVField {}
extension Double: CSVField {}

extension Bool: CSVField {
  /// `yes` or `no`.
  public var csv: String { self ? "yes" : "no" }
  /// Reads `yes` or `no`.
  public init?(csv: String) {
    guard csv == "yes" || csv == "no" else { return nil }
    self = csv == "yes"
  }
}

extension Optional: CSVField where Wrapped: CSVField {
  /// The value's text, or nothing.
  public var csv: String { self?.csv ?? "" }
  /// Reads a text; nothing is no value.
  public init?(csv: String) {
    let value = csv.isEmpty ? nil : Wrapped(csv: csv)
    guard csv.isEmpty || value != nil else { return nil }
    self = value
  }
}
