extension Unicode.Scalar {
  /// Whether a terminal only shows it: no control, no change of direction, nothing that ends a line.
  public var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
    default: true
    }
  }
}

extension String {
  /// The text with U+FFFD for all that a terminal would obey rather than show: names of files may have that.
  public var printable: String {
    guard !unicodeScalars.allSatisfy(\.isPrintable) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isPrintable ? $0 : "\u{FFFD}" }))
  }
}
