import Basics
import Foundation
import Logging
import Project
import Recipes
import Workbench
import Workflows

/// Accepts all proposals above a figure, and takes that back, after the decisions before it.
final class AcceptanceDesk: Sendable {
  private let store: ProjectStore
  private let mailbox: Mailbox
  private let logger: Logger
  /// Writes decisions, one after the other.
  private let recorder: Worker

  init(store: ProjectStore, mailbox: Mailbox, logger: Logger, recorder: Worker) {
    (self.store, self.mailbox, self.logger) = (store, mailbox, logger)
    self.recorder = recorder
  }

  /// Accepts all proposals whose estimated IoU is at least a figure; answered by `Event.acceptedAbove`.
  func accept(above figure: Double) {
    answer { store, now throws(ProjectError) in
      let result = try store.acceptProposals(above: figure, time: now)
      let text =
        NumberText.count(result.taken.count, "proposal") + " accepted, \(result.left.count) left"
        + (result.taken.isEmpty ? "." : "; U in the queue takes that back.")
      return (result.taken.map(\.image), text)
    }
  }

  /// Takes the newest such acceptance back; answered by `Event.acceptedAbove`.
  func takeBack() {
    answer { store, now throws(ProjectError) in
      let keys = try store.takeBackAcceptance(time: now)
      return (
        keys,
        keys.isEmpty
          ? "Nothing that was accepted by a figure is left to take back."
          : NumberText.count(keys.count, "image") + " proposed again."
      )
    }
  }

  private func answer(
    _ work: @escaping @Sendable (ProjectStore, Double) throws(ProjectError) -> ([ImageKey], String)
  ) {
    recorder.perform { [store, mailbox, logger] in
      do throws(ProjectError) {
        let (keys, text) = try work(store, Date().timeIntervalSince1970)
        mailbox.post(.acceptedAbove(keys.map(store.entry), text))
      } catch {
        logger.error("proposals not accepted", metadata: ["error": "\(error)"])
        // What was accepted until then is.
        mailbox.post(.acceptedAbove(store.entries, nil))
        mailbox.post(.failed(.acceptance, "\(error)"))
      }
    }
  }
}
