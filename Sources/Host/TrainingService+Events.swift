import Imaging
import Project
import Recipes
import Workbench
import Workflows

extension TrainingService {
  /// Begins a session, and tells at once if it cannot.
  func begin(_ recipe: Recipe) -> [Event] {
    do throws(ProjectError) {
      return try start(recipe).map { [.failed(.run, $0)] } ?? []
    } catch {
      return [.training(.failed("\(error)"))]
    }
  }
}

extension Event {
  /// What a training tells, as the screen takes it.
  init(_ report: TrainingService.Report) {
    switch report {
    case .planned(let forecast): self = .planned(forecast)
    case .refused(let text): self = .failed(.plan, text)
    case .notStarted(let text): self = .failed(.run, text)
    case .runs(let runs): self = .runs(runs)
    case .run(let event): self = .training(event)
    case .notice(let text): self = .notice(text)
    case .proposals(.going(let done, let count)): self = .proposing(done: done, of: count)
    case .proposals(.findingSize(let done, let count)):
      self = .findingSize(done: done, of: count)
    case .proposals(.foundSize(let found)): self = .foundSize(found)
    case .proposals(.comparing(let done, let count)): self = .comparing(done: done, of: count)
    case .proposals(.suggested(let images)): self = .suggested(images)
    case .proposals(.proposed(let cells, let proposal, let doubts)):
      self = .proposed(
        proposal.image, ColouredCells(TiledLabels(cells)), uncertainty: proposal.uncertainty,
        quality: proposal.quality, by: proposal.run, doubts: doubts)
    case .proposals(.failed(let text)): self = .failed(.proposals, text)
    case .proposals(.done): self = .proposalsDone
    }
  }
}
