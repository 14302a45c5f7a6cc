import Foundation
import Imaging
import Project
import Recipes
import Screen
import TestSupport

@testable import Workbench

/// A workbench with a scripted world around it: a disk in memory, and answers that come when asked for.
struct Session {
  var model: Model
  /// Every effect so far.
  var effects: [Effect] = []
  /// The disk: strokes, accepted masks and states.
  var strokes: [ImageKey: [Stroke]] = [:]
  var masks: [ImageKey: Mask] = [:]
  /// The cells of masks that were accepted here.
  var cells: [ImageKey: LabelImage] = [:]
  var decisions: [Decision] = []
  var proposals: [ImageKey: Mask] = [:]
  /// Answers on their way.
  var waiting: [Event] = []
  var time = 1_000.0

  /// A project of `count` images, mostly of 32 x 24 pixels.
  init(
    images count: Int = 3, from first: Int = 0, columns: Int = 80, rows: Int = 24,
    depth: ColorDepth = .direct
  ) {
    let entries = (first..<(first + count)).map { ProjectEntry(key: Self.key($0), state: .new) }
    model = Model(
      projectName: "cells", entries: entries, theme: .dark, colorDepth: depth,
      size: Size(columns: columns, rows: rows))
    send(.tick(time))
    settle()
  }

  static func key(_ index: Int) -> ImageKey { ImageKey("img_\(index).png") }

  /// A 16-bit ramp with a brighter disc; the images from 20 on have odd sizes.
  static func image(_ key: ImageKey) -> Image {
    let sizes = ["img_20.png": (1, 1), "img_21.png": (300, 2), "img_22.png": (3, 170)]
    if let (width, height) = sizes[key.text] {
      let values = (0..<(width * height)).map { $0 % 7 == 3 ? Float.nan : Float($0) }
      return Image(width: width, height: height, bitDepth: 32, values: values)
    }
    let values = (0..<(32 * 24)).map { index -> Float in
      let x = index % 32
      let y = index / 32
      let disc = (x - 16) * (x - 16) + (y - 12) * (y - 12) < 40
      return Float(1_000 + 10 * x + (disc ? 400 : 0))
    }
    return Image(width: 32, height: 24, bitDepth: 16, values: values)
  }

  /// A square that a network might propose.
  static let square: Mask = {
    var mask = Mask(width: 32, height: 24)
    for y in 8..<16 { mask.fill((y * 32 + 10)..<(y * 32 + 22), with: true) }
    return mask
  }()

  /// Sends an event and carries its effects out, answers being left to come.
  mutating func send(_ event: Event) {
    let found = update(&model, event)
    effects += found
    for effect in found { carryOut(effect) }
  }

  /// Types keys, each of them a character, and lets every answer come.
  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  /// Presses a key and lets every answer come.
  mutating func press(_ key: Key) {
    time += 0.1
    send(.tick(time))
    send(.input(.key(key)))
    settle()
  }

  /// A mouse event; answers come.
  mutating func mouse(
    _ action: Mouse.Action, _ button: Mouse.Button, _ column: Int, _ row: Int,
    control: Bool = false
  ) {
    let place = Point(column: column, row: row)
    send(.input(.mouse(Mouse(action, button, at: place, control: control))))
    settle()
  }

  /// Lets every answer come.
  mutating func settle() {
    while !waiting.isEmpty { send(waiting.removeFirst()) }
  }

  /// Effects since the last call.
  mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects.filter {
      switch $0 {
      case .load, .stretch: false
      default: true
      }
    }
  }

  private mutating func carryOut(_ effect: Effect) {
    switch effect {
    case .load(let key):
      waiting.append(.loaded(key, loaded(key)))
    case .stretch(let key, let shown, let contrast):
      waiting.append(.stretched(key, shown.shown(with: contrast)))
    case .record(let stroke, let key): strokes[key, default: []].append(stroke)
    case .decide(let decision, let mask):
      decisions.append(decision)
      // An acceptance without a mask keeps that which is there.
      if mask != nil || !decision.state.hasMask {
        masks[decision.image] = mask.map { Mask($0) }
        cells[decision.image] = mask.map { LabelImage($0) }
      }
      waiting.append(.saved(decision.image))
    case .prepare(let key, let cells): waiting.append(.prepared(key, CellDrawing(of: cells)))
    case .planTraining(let recipe):
      waiting.append(.planned(Self.forecast(recipe)))
    case .startTraining(let recipe):
      waiting.append(
        .training(
          .started(
            RunPlan(
              folder: URL(filePath: "/runs/0001"), recipe: recipe,
              training: [Self.key(0), Self.key(1)],
              length: RunLength(steps: 4 * recipe.epochs, stepsPerEpoch: 4)))))
    case .goOnTraining:
      waiting.append(.training(.started(Self.resumed)))
    case .clearCheckpoints:
      waiting += [.notice("checkpoint of ft-03 removed"), .runs(RunsOnDisk(count: 3, bytes: 7))]
    case .pauseTraining: waiting.append(.training(.paused))
    case .resumeTraining: waiting.append(.training(.resumed))
    case .stopTraining: waiting.append(.training(.finished(Self.stopped)))
    case .review:
      let rows = (0..<6).map {
        ImageScore(
          image: Self.key($0), trainedOn: $0 > 1, scores: Scores([.iou: 0.9 - 0.1 * Double($0)]))
      }
      waiting.append(.reviewed(rows))
    case .loadReview(let key):
      var truth = Self.square
      truth.fill((10 * 32 + 4)..<(10 * 32 + 9), with: true)
      var found = Self.square
      found.fill((12 * 32 + 12)..<(12 * 32 + 20), with: false)
      found.fill((18 * 32 + 2)..<(18 * 32 + 9), with: true)
      waiting.append(
        .reviewLoaded(
          key,
          ReviewCase(image: Self.image(key), truth: Annotation(truth), prediction: found)))
    case .acceptAbove, .takeBackAcceptance, .showNextChannel, .writeElsewhere, .measure,
      .stopMeasuring, .export, .stopExport,
      .loadReport, .suspend, .redraw, .quit:
      break
    }
  }

  /// What the disk holds of an image.
  func loaded(_ key: ImageKey) -> OpenImage {
    OpenImage(
      image: Self.image(key), accepted: cells[key] ?? masks[key].map { LabelImage(piecesOf: $0) },
      proposal: proposals[key].map { LabelImage(piecesOf: $0) },
      strokes: strokes[key] ?? [])
  }

  /// What a run ends with that was told to stop.
  static let stopped = RunOutcome(epochs: 3, bestEpoch: nil, wasStopped: true, weights: nil)

  /// A run that goes on after three of forty epochs.
  static let resumed = RunPlan(
    folder: URL(filePath: "/runs/ft-03"), recipe: Recipe(), training: [key(0), key(1)],
    length: RunLength(steps: 160, stepsPerEpoch: 4), stepsDone: 12,
    history: (1...3).map {
      EpochRecord(
        epoch: $0, trainLoss: 1 / Double($0), validationLoss: nil, seconds: 5, imagesPerSecond: 2)
    })

  static func forecast(
    _ recipe: Recipe?,
    _ verdict: RunForecast.Verdict = .go(
      note: "2 labels leave none to validate on: no validation curve, the last weights are kept.")
  ) -> RunForecast {
    var settings = recipe ?? Recipe()
    if recipe == nil { settings.epochs = 40 }
    return RunForecast(
      recipe: settings, trainingImages: 2, validationImages: 0,
      seconds: Double(settings.epochs) * 6, verdict: verdict)
  }

  /// A network proposes the square for images.
  mutating func propose(_ keys: [(ImageKey, Double)]) {
    for (key, uncertainty) in keys {
      proposals[key] = Self.square
      send(
        .proposed(
          key, ColouredCells(TiledLabels(Self.square)), uncertainty: uncertainty,
          quality: 1 - uncertainty))
    }
    send(.proposalsDone)
    settle()
  }

  /// The draft that the disk's strokes give.
  func replayed(_ key: ImageKey) -> Mask { Mask(drafts(key).mask) }

  /// What the disk's strokes give.
  func drafts(_ key: ImageKey) -> DraftHistory {
    let image = Self.image(key)
    return DraftHistory(width: image.width, height: image.height, strokes: strokes[key] ?? [])
  }

  /// The screen as lines of text.
  var screen: String {
    let grid = view(model)
    return (0..<grid.size.rows).map { grid.text(row: $0) }.joined(separator: "\n")
  }
}

extension Model {
  /// What the screens of a project share.
  var project: ProjectContext? {
    (workspace as? WorkspaceModel<ProjectScreens>)?.shared
  }

  /// The screen that is shown, of a project or a report.
  var tab: Tab? { project?.tab ?? (workspace as? WorkspaceModel<ReportScreens>)?.shared.tab }

  /// The images of the project, in the order of their keys.
  var entries: [ProjectEntry] { project?.list.entries ?? [] }

  /// Images on which something was drawn that is not accepted.
  var changed: Set<ImageKey> { project?.list.changed ?? [] }

  /// The mask of an image in memory as it is looked at; a stroke in hand is not part of it.
  func draft(of key: ImageKey) -> Mask? { (project?.cache[key]?.working).map { Mask($0) } }
}
