/// A line for the user at the bottom of every screen.
struct Notice: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// Something went wrong: stays until a key.
    case failure
    /// Something happened: stays until a key or for a while.
    case news
    /// What a key just did or could not do: gives way to the next answer.
    case answer
  }

  var text: String
  var kind: Kind
  /// When it was first shown, seconds since 1970.
  var shownAt: Double?
}

/// The lines that wait to be read, the one that is shown first.
struct Notices: Equatable, Sendable {
  private var waiting: [Notice] = []

  /// How long a line that is no failure stays, in seconds.
  static let stay = 6.0
  /// How long a failure or news stay at least while keys are being typed, in seconds.
  static let leastStay = 1.2

  var shown: Notice? { waiting.first }

  /// How many more wait behind it.
  var behind: Int { max(0, waiting.count - 1) }

  /// Puts a line up behind those that wait; an answer goes before all, in the last answer's place.
  mutating func add(_ text: String, _ kind: Notice.Kind, at now: Double) {
    waiting.removeAll { $0.text == text || (kind == .answer && $0.kind == .answer) }
    let notice = Notice(text: text, kind: kind, shownAt: nil)
    // What a key just did is seen at once; what waits is seen again after it.
    if kind == .answer { waiting.insert(notice, at: 0) } else { waiting.append(notice) }
    stamp(now)
  }

  /// A key was typed: a line that had its time goes.
  mutating func key(at now: Double) {
    guard let first = waiting.first, let shownAt = first.shownAt else { return }
    if first.kind == .answer || now - shownAt >= Self.leastStay { dismiss(at: now) }
  }

  /// Takes the shown line away however young it is, unless it came with this key, in place of the one before.
  mutating func drop(at now: Double) {
    if let shownAt = shown?.shownAt, shownAt < now { dismiss(at: now) }
  }

  private mutating func dismiss(at now: Double) {
    waiting = Array(waiting.dropFirst())
    stamp(now)
  }

  mutating func tick(_ now: Double) {
    guard let first = shown, first.kind != .failure, let shownAt = first.shownAt else { return }
    if now - shownAt >= Self.stay { dismiss(at: now) }
  }

  private mutating func stamp(_ now: Double) {
    if !waiting.isEmpty, waiting[0].shownAt == nil { waiting[0].shownAt = now }
  }
}
