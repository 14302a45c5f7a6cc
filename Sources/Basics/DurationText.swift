/// Spans of time as people read them.
public enum DurationText {
  /// What a clock shows: `0:09`, `12:30`, `1:05:00`; with `isAligned` minutes have two digits, `00:09`.
  public static func clock(_ seconds: Double, isAligned: Bool = false) -> String {
    guard let whole = whole(seconds) else { return "-" }
    let (minutes, rest) = (whole / 60 % 60, two(whole % 60))
    if whole >= 3_600 { return "\(whole / 3_600):\(two(minutes)):\(rest)" }
    return (isAligned ? two(minutes) : "\(minutes)") + ":" + rest
  }

  /// Whole units: `9 s`, `12 min`, `1 h 5 min`.
  public static func units(_ seconds: Double) -> String {
    guard seconds >= 0, let whole = whole(seconds) else { return "-" }
    let minutes = Int((seconds / 60).rounded())
    if minutes < 1 { return "\(whole) s" }
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// About how long, in words: `40 seconds`, `3.5 minutes`, `2.1 hours`.
  public static func words(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "unknown time" }
    if seconds < 90 { return "\(Int(max(1, seconds).rounded())) seconds" }
    if seconds < 5_400 { return NumberText.decimal(seconds / 60, digits: 1) + " minutes" }
    return NumberText.decimal(seconds / 3_600, digits: 1) + " hours"
  }

  /// Seconds rounded, from 0 to some years; nil for what is no number.
  private static func whole(_ seconds: Double) -> Int? {
    seconds.isFinite ? Int(min(max(0, seconds), 1e9).rounded()) : nil
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
