import Foundation
public import Screen

/// A screen is not what its snapshot says; thrown by `expectScreen`, so that the test fails.
public struct ScreenMismatch: Error, CustomStringConvertible {
  /// What differs and what to do.
  public let description: String
}

/// Compares a screen with `Tests/Screens/<module>/<name>.txt`, which a person has looked at.
///
/// With `RECORD=1` in the environment the file is written and the test still fails, so that
/// nothing is approved unseen: read the file, then run again without.
///
/// - Parameters:
///   - grid: the screen.
///   - name: the file's name, without extension.
///   - styles: whether colours are compared too, as letters under the text.
///   - file: the test's file; its folder gives the module.
/// - Throws: `ScreenMismatch` with the rows that differ.
public func expectScreen(
  _ grid: Grid, _ name: String, styles: Bool = false, file: String = #filePath
) throws {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
  let module = folder.lastPathComponent.replacingOccurrences(of: "Tests", with: "")
  let snapshot = folder.deletingLastPathComponent()
    .appendingPathComponent("Screens/\(module)/\(name).txt")
  let found = screenText(grid, styles: styles)
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: snapshot.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(found.utf8).write(to: snapshot)
    throw ScreenMismatch(
      description: "recorded \(snapshot.path); look at it, then run again\n\(found)")
  }
  guard let data = try? Data(contentsOf: snapshot) else {
    throw ScreenMismatch(description: "no snapshot \(snapshot.path); run with RECORD=1\n\(found)")
  }
  let expected = String(bytes: data, encoding: .utf8) ?? ""
  guard found != expected else { return }
  throw ScreenMismatch(
    description: "\(name) differs\n\(difference(expected: expected, found: found))")
}

/// A screen as text: its rows between bars; with styles, a letter for each cell's style below.
public func screenText(_ grid: Grid, styles: Bool = false) -> String {
  var lines = ["\(grid.size.columns)x\(grid.size.rows)"]
  lines += (0..<grid.size.rows).map { "|" + grid.text(row: $0) + "|" }
  if styles { lines += styleLines(grid) }
  return lines.joined(separator: "\n") + "\n"
}

private func styleLines(_ grid: Grid) -> [String] {
  let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
  var order: [Style] = []
  var letterOf: [Style: Character] = [:]
  let text = grid.cells.map { cell -> Character in
    if let letter = letterOf[cell.style] { return letter }
    let letter = order.count < letters.count ? letters[order.count] : "?"
    order.append(cell.style)
    letterOf[cell.style] = letter
    return letter
  }
  let columns = max(1, grid.size.columns)
  let rows = stride(from: 0, to: text.count, by: columns).map {
    "|" + String(text[$0..<min(text.count, $0 + columns)]) + "|"
  }
  return rows + zip(order, letters).map { "\($1) \(describe($0))" }
}

private func describe(_ style: Style) -> String {
  func hex(_ color: RGB) -> String {
    String(format: "%02x%02x%02x", color.red, color.green, color.blue)
  }
  return hex(style.foreground) + " on " + hex(style.background)
    + (style.bold ? " bold" : "") + (style.reversed ? " reversed" : "")
}

private func difference(expected: String, found: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = found.split(separator: "\n", omittingEmptySubsequences: false)
  return (0..<max(old.count, new.count)).compactMap { index in
    let before = index < old.count ? String(old[index]) : ""
    let after = index < new.count ? String(new[index]) : ""
    return before == after ? nil : "row \(index):\n- \(before)\n+ \(after)"
  }.joined(separator: "\n")
}
