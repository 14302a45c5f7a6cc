import ArgumentParser
import Console

@testable import aura

/// Commands as a shell runs them.
enum Shell {
  /// Parses and runs; whatever goes wrong arrives as what the user is shown.
  static func run(_ arguments: [String]) throws(Failure) {
    do {
      var command = try Aura.parseAsRoot(arguments)
      try command.run()
    } catch {
      throw Failure(error)
    }
  }
}
