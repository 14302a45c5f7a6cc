/// When a run that is told to stop does so.
public enum RunStop: Equatable, Sendable {
  /// After the epoch in hand.
  case epoch
  /// Before the next batch.
  case now
}
