/// A column of a table that is written: its heading, and the text of each row's field.
public struct CSVColumn<Row>: Sendable {
  /// What stands in the first line.
  public let heading: String
  fileprivate let text: @Sendable (Row) -> String

  /// The column of what a function gets of a row.
  public init(_ heading: String, _ value: @escaping @Sendable (Row) -> some CSVField) {
    self.heading = heading
    text = { value($0).csv }
  }
}

extension CSV {
  /// A whole table.
  public static func text<Row>(
    _ rows: some Sequence<Row>, columns: [CSVColumn<Row>]
  ) -> String {
    line(columns.map(\.heading)) + lines(rows, columns: columns)
  }

  /// The lines of a table's rows, without the heading.
  public static func lines<Row>(
    _ rows: some Sequence<Row>, columns: [CSVColumn<Row>]
  ) -> String {
    rows.map { row in line(columns.map { $0.text(row) }) }.joined()
  }
}

/// A table whose columns are named once, for writing and for reading.
///
/// ```swift
/// let table = CSVTable(blank: Point(x: 0, y: nil), [.init("x", \.x), .init("y", \.y)])
/// ```
/// Columns are read by their headings, in whatever order a file has them; those that it has besides are
/// passed over, and of those that it lacks only the optional ones may be missing.
public struct CSVTable<Row: Sendable>: Sendable {
  /// One column: its heading, and how a row's field is written and read.
  public struct Column: Sendable {
    fileprivate let written: CSVColumn<Row>
    fileprivate let read: @Sendable (String, inout Row) -> Bool
    fileprivate let isOptional: Bool

    /// The column of a property.
    public init<Value: CSVField>(
      _ heading: String, _ path: any (WritableKeyPath<Row, Value> & Sendable)
    ) {
      self.init(heading) { row in
        row[keyPath: path]
      } set: { row, value in
        row[keyPath: path] = value
        return true
      }
    }

    /// The column of what two functions get and set; `set` says whether a row can have the value.
    public init<Value: CSVField>(
      _ heading: String, get: @escaping @Sendable (Row) -> Value,
      set: @escaping @Sendable (inout Row, Value) -> Bool
    ) {
      written = CSVColumn(heading, get)
      isOptional = Value(csv: "") != nil
      read = { text, row in Value(csv: text).map { set(&row, $0) } ?? false }
    }
  }

  /// What is known of a row before any of its fields is read.
  private let blank: Row
  private let columns: [Column]

  /// Names the columns, in the order in which they are written.
  public init(blank: Row, _ columns: [Column]) {
    self.blank = blank
    self.columns = columns
  }

  /// The first line, its newline included.
  public var heading: String { CSV.line(columns.map(\.written.heading)) }

  /// The line of a row, its newline included.
  public func line(_ row: Row) -> String { CSV.line(columns.map { $0.written.text(row) }) }

  /// The whole table.
  public func text(_ rows: some Sequence<Row>) -> String {
    CSV.text(rows, columns: columns.map(\.written))
  }

  /// The rows of a table, with their lines, the heading being 1; nil for a line that is none of its rows.
  ///
  /// All of them are nil where the heading lacks a column that every row must have.
  public func rows(of text: String) -> [(line: Int, row: Row?)] {
    let lines = CSV.rows(text)
    guard let headings = lines.first else { return [] }
    let places = columns.map { headings.firstIndex(of: $0.written.heading) }
    return lines.enumerated().dropFirst().map { index, fields in
      (index + 1, fields.count == headings.count ? row(fields, places) : nil)
    }
  }

  private func row(_ fields: [String], _ places: [Int?]) -> Row? {
    var row = blank
    for (column, place) in zip(columns, places) {
      guard place != nil || column.isOptional,
        column.read(place.map { fields[$0] } ?? "", &row)
      else { return nil }
    }
    return row
  }
}
