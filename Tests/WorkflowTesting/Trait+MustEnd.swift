import Foundation
public import Testing

extension Trait where Self == TimeLimitTrait {
  /// Fails what waits for something that never comes, after ten minutes; sanitizers, which slow a training down by
  /// twenty, have ninety.
  public static var mustEnd: Self {
    let isSanitized = ProcessInfo.processInfo.environment["AURA_SANITIZE"] != nil
    return .timeLimit(.minutes(isSanitized ? 90 : 10))
  }
}
