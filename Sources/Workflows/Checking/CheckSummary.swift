import Basics
import Files
import Imaging
public import Project

/// What a look at a folder came to, for people and for tables.
public struct CheckSummary {
  /// The images, in their order.
  public private(set) var records: [ImageRecord] = []
  private var cellShares = 0.0
  private var objects = 0
  private var masks = 0
  private var readMasks = 0

  /// Columns of a terminal that the table keeps to.
  private static let columns = 80

  /// Nothing is looked at yet.
  public init() {}

  /// Takes an image in.
  public mutating func add(_ record: ImageRecord) {
    records.append(record)
    guard let mask = record.mask else { return }
    masks += 1
    guard let share = mask.share else { return }
    readMasks += 1
    cellShares += share
    objects += mask.objects ?? 0
  }

  /// How many images, or masks of them, cannot be read.
  public var failures: Int { records.count { !$0.isSound } }

  /// One line: how many images there are, what they have in common, their masks.
  public var line: String {
    var parts = [NumberText.count(records.count, "image")]
    parts += [common(\.sizeText), common(\.bitsText), common(\.pixelText).map { $0 + " a pixel" }]
      .compactMap(\.self)
    var lines = parts.joined(separator: ", ")
    if masks > 0 {
      lines += "; \(masks) with masks"
      if readMasks > 0 {
        let share = NumberText.percent(cellShares / Double(readMasks) * 100)
        lines += ", \(share) cell, \(NumberText.count(objects, "object"))"
      }
    }
    if failures > 0 { lines += "; \(failures) cannot be read" }
    return lines
  }

  private func common(_ value: (ImageRecord) -> String?) -> String? {
    let values = Set(records.map(value))
    return values.count == 1 ? values.first ?? nil : nil
  }

  /// The line, a table of the images, then what is odd: of the whole, and of images.
  public func text(_ findings: [FolderFinding]) -> String {
    var parts = [line + "\n"]
    if !records.isEmpty { parts.append(table) }
    let odd = findings.map(\.line) + oddLines
    if !odd.isEmpty { parts.append("Odd:\n" + odd.map { "  \($0.printable)\n" }.joined()) }
    return parts.joined(separator: "\n")
  }

  /// What is odd about images, those of which the same is said together.
  private var oddLines: [String] {
    var places: [String: [String]] = [:]
    var order: [String] = []
    for record in records {
      for remark in record.remarks {
        if places[remark] == nil { order.append(remark) }
        places[remark, default: []].append(record.image)
      }
    }
    return order.flatMap { remark -> [String] in
      let images = places[remark] ?? []
      guard images.count > 3 else { return images.map { "\($0): \(remark)" } }
      return ["\(images.count) images, such as \(images[0]): \(remark)"]
    }
  }
}

// MARK: Tables

extension CheckSummary {
  /// A line an image; columns in which nothing stands are left out, and long names are cut at their start.
  private var table: String {
    let all = Self.textColumns.filter { column in
      records.contains { !column.text($0).isEmpty }
    }
    var rows = [all.map(\.heading)] + records.map { record in all.map { $0.text(record) } }
    let taken = all.indices.reduce(0) { sum, column in
      sum + 2 + (rows.map { $0[column].count }.max() ?? 0)
    }
    rows = rows.map { $0.map(\.printable) }
    let room = max(12, Self.columns - taken)
    let names = records.map { Self.fitted($0.image.printable, to: room) }
    for (row, name) in (["image"] + names).enumerated() { rows[row].insert(name, at: 0) }
    return TextColumns.text(rows)
  }

  /// A name's end, where all of it has no room: what tells images of a folder apart.
  private static func fitted(_ name: String, to room: Int) -> String {
    name.count <= room ? name : ".." + name.suffix(room - 2)
  }

  private static let textColumns: [(heading: String, text: @Sendable (ImageRecord) -> String)] = [
    ("size", { $0.sizeText ?? "-" }),
    ("bits", { $0.bitsText.map { String($0.dropLast(4)) } ?? "-" }),
    ("look at", { $0.planeText }),
    ("um", { $0.pixelSize.map { NumberText.compact($0.x) } ?? "" }),
    ("contrast", { $0.contrastText }),
    ("cell", { $0.maskText }),
    ("objects", { record in record.mask?.objects.map(String.init) ?? "" }),
    ("odd", { $0.remarks.isEmpty ? "" : "!" }),
  ]

  /// All that is known of the images, as comma-separated values.
  public var csv: String { CSV.text(records, columns: Self.csvColumns) }

  private static let csvColumns: [CSVColumn<ImageRecord>] = [
    .init("image", \.image), .init("axes", \.axes), .init("width", \.width),
    .init("height", \.height), .init("bits", \.bits), .init("float", \.float),
    .init("color", \.color), .init("channels", \.channels), .init("channel", \.channel),
    .init("channelName", \.channelName), .init("pages", \.pages),
    .init("pixelWidth", \.pixelSize?.x), .init("pixelHeight", \.pixelSize?.y),
    .init("black", \.contrast?.first), .init("white", \.contrast?.last),
    .init("mask", \.mask?.file), .init("maskPage", \.mask?.page),
    .init("maskForm") { $0.mask?.form.rawValue }, .init("share", \.mask?.share),
    .init("unknown", \.mask?.unknown), .init("objects", \.mask?.objects),
    .init("labelled", \.mask?.labelled), .init("odd") { $0.remarks.joined(separator: "; ") },
  ]
}

extension ImageRecord {
  fileprivate var sizeText: String? {
    guard let width, let height else { return nil }
    return "\(width)x\(height)"
  }

  /// `16 bit`, `32f bit`.
  fileprivate var bitsText: String? { bits.map { "\($0)\(float == true ? "f" : "") bit" } }

  fileprivate var pixelText: String? {
    pixelSize.map { size in
      let (x, y) = (NumberText.compact(size.x), NumberText.compact(size.y))
      return (x == y ? x : "\(x) x \(y)") + " um"
    }
  }

  /// The place on the file's axes, or the channel of several; `rgb` for a picture in colours.
  fileprivate var planeText: String {
    let place = axes ?? channel.map { "c\($0)" }
    guard let channels, channels > 1 else { return place ?? (color == true ? "rgb" : "") }
    return "\(place ?? "c0") of \(channels)"
  }

  fileprivate var contrastText: String {
    guard let contrast else { return "" }
    return contrast.map { NumberText.compact($0) }.joined(separator: "..")
  }

  fileprivate var maskText: String {
    guard let mask else { return "" }
    return mask.share.map { NumberText.percent($0 * 100) } ?? (mask.failure == nil ? "yes" : "-")
  }
}
