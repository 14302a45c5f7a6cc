/// A line for the user at the bottom of every screen.
struct Notice: Equatable, Sendable {
  /// What is said.
  var text: String
  /// Whether it is a failure: those stay until a key.
  var isFailure: Bool
  /// When it was first shown, seconds since 1970.
  var shownAt: Double?
}

/// The lines that wait to be read, the one that is shown first.
struct Notices: Equatable, Sendable {
  private var waiting: [Notice] = []

  /// How long a line that is no failure stays, and how long a failure stays at least while keys are
  /// being typed, in seconds.
  static let stay = 6.0
  static let leastStay = 1.2

  /// What is shown now.
  var shown: Notice? { waiting.first }

  /// How many more wait behind it.
  var behind: Int { max(0, waiting.count - 1) }

  /// Puts a line up: at once in place of one that is no failure, else behind the failures.
  mutating func add(_ text: String, isFailure: Bool, at now: Double) {
    waiting.removeAll { !$0.isFailure || $0.text == text }
    waiting.append(Notice(text: text, isFailure: isFailure, shownAt: nil))
    stamp(now)
  }

  /// A key was typed: a line that had its time goes.
  mutating func key(at now: Double) {
    guard let first = waiting.first, let shownAt = first.shownAt else { return }
    if !first.isFailure || now - shownAt >= Self.leastStay { next(now) }
  }

  /// Takes the shown line away whatever its age.
  mutating func dismiss(at now: Double) {
    if !waiting.isEmpty { next(now) }
  }

  /// Time passes.
  mutating func tick(_ now: Double) {
    guard let first = waiting.first, !first.isFailure, let shownAt = first.shownAt else { return }
    if now - shownAt >= Self.stay { next(now) }
  }

  private mutating func next(_ now: Double) {
    waiting.removeFirst()
    stamp(now)
  }

  private mutating func stamp(_ now: Double) {
    if !waiting.isEmpty, waiting[0].shownAt == nil { waiting[0].shownAt = now }
  }
}
