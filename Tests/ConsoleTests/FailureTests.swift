import Comparison
import Files
import Foundation
import Imaging
import Project
import Recipes
import Terminal
import Testing
import Training
import Weights
import Workflows

@testable import Console

struct FailureTests {
  @Test func `each kind of error has its exit code`() {
    let codes: [(any Error, Console.ExitStatus)] = [
      (FileError.noFolder("x"), .missingInput),
      (ProjectError.noImages("x", refused: 0, example: nil), .missingInput),
      (ProjectError.locked("x", process: 1), .inUse),
      (ProjectError.onlyLinks("x", count: 1, example: "y"), .missingInput),
      (FileError.missing("x"), .missingInput),
      (ProjectError.file(.missing("x")), .missingInput),
      (ComparisonError.file(.missing("x")), .missingInput),
      (ProjectError.file(.unreadable("x", "y")), .badInput),
      (ComparisonError.file(.unreadable("x", "y")), .badInput),
      (CocoaError(.fileReadInapplicableStringEncoding), .badInput),
      (CocoaError(.fileReadTooLarge), .badInput),
      (CocoaError(.fileReadNoSuchFile), .missingInput),
      (CocoaError(.fileWriteUnknown), .cannotWrite),
      (CocoaError(.fileWriteOutOfSpace), .cannotWrite),
      (CocoaError(.fileWriteNoPermission), .cannotCreate),
      (WorkflowError.goneImages([ImageKey("x")], project: "y"), .missingInput),
      (WorkflowError.leftOut([]), .badInput),
      (FileError.notWritable("x"), .cannotCreate),
      (FileError.diskFull("x"), .cannotWrite),
      (ProjectError.file(.diskFull("x")), .cannotWrite),
      (ProjectError.moved("x", to: nil), .cannotWrite),
      (ProjectError.maskSize("x", mask: "1x1", image: "2x2"), .badInput),
      (ImagingError.damaged(file: "x", reason: "y"), .badInput),
      (ImagingError.notMask(file: "x", .image), .badInput),
      (MaskTrouble.noCell(looked: 4, total: 4), .badInput),
      (ProjectError.masks(.noCell(looked: 4, total: 4)), .badInput),
      (WorkflowError.oneClass(isCell: false, count: 4), .badInput),
      (WeightsError.malformed("x"), .badInput),
      (TrainingError.file(.file(.diskFull("x"))), .cannotWrite),
      (TrainingError.file(.file(.notWritable("x"))), .cannotCreate),
      (TrainingError.checkpoint(.noCheckpoint), .badInput),
      (TrainingError.checkpoint(.newer("x")), .badInput),
      (TrainingError.file(.file(.unreadable("x", "y"))), .badInput),
      (TrainingError.holdsRun("x"), .cannotCreate),
      (WorkflowError.image(ImageKey("x"), TrainingError.memory("y")), .badInput),
      (TrainingError.file(.file(.noRoom("x", need: 2, free: 1))), .cannotWrite),
      (TrainingError.file(.file(.locked("x", process: nil))), .inUse),
      (WorkflowError.noLabels("x"), .missingInput),
      (WorkflowError.occupied("x", .original, place: "y"), .cannotCreate),
      (WorkflowError.noMasks("x", .augmenting), .missingInput),
      (WorkflowError.noNetwork(project: "x"), .missingInput),
      (WorkflowError.holdsRun("x", place: "y"), .cannotCreate),
      (WorkflowError.holdsNoRun("x"), .missingInput),
      (WorkflowError.noRecipe("x", orFile: true), .badInput),
      (WorkflowError.noRow("x", rows: ["y"], place: "z"), .badInput),
      (WorkflowError.comparison(.run("x"), FileError.diskFull("y")), .cannotWrite),
      (WeightsTrouble.nameTaken("x"), .cannotCreate),
      (WeightsTrouble.unnamedNetwork("x"), .badInput),
      (TerminalError.dumb, .noTerminal),
      (Failure(.inUse, "x"), .inUse),
      (CancellationError(), .internalError),
    ]
    for (error, status) in codes {
      let failure = Failure(error)
      #expect(failure.status == status, "\(error)")
      #expect(!failure.text.isEmpty && !failure.text.contains("\n"))
    }
  }

  @Test func `what a user of the command line may do stands behind the text`() {
    let texts: [(any Error, String)] = [
      (
        ProjectError.masks(.allCell(share: 0.984, ground: "0", looked: 200, total: 5000)),
        "with 0 as ground 98.4 % of the pixels would be cell in the 200 of 5000 masks looked at; say "
          + "which numbers are: --mask-values white where that is right, black where 0 is the cell"
      ),
      (
        MaskTrouble.noMasks(.image, file: "a.png", count: 3, looked: 3, half: 127.5),
        "3 of 3 masks are no mask, such as a.png: it is an image, with greys all over; "
          + "--mask-values '>128' takes them all the same"
      ),
      (
        MaskTrouble.noCell(looked: 4, total: 4),
        "no pixel is cell in the 4 masks: nothing can be learnt from them, or compared"
      ),
      (
        WorkflowError.noLabels("cells"),
        "no image of 'cells' has a mask to learn from; give --masks FOLDER, or accept one in the "
          + "workbench: aura cells"
      ),
      (
        WorkflowError.comparison(
          .recipe("a"), WeightsTrouble.foreignEncoder("x", architecture: .unet)),
        "recipe 'a': 'x' is a ResNet's encoder, which unet has not; use --weights none"
      ),
      (
        WorkflowError.noAcceptedMask(project: "cells/.aura", images: "cells"),
        "no mask is accepted in 'cells/.aura'; open it with: aura cells"
      ),
      (
        WorkflowError.holdsRun("run", place: "--output"),
        "'run' holds a run already; give another --output, or --resume to go on with it"
      ),
      (
        TrainingError.holdsRun("run"),
        "'run' holds a run already; give another folder, or --resume to go on with it"
      ),
      (
        WorkflowError.unresumable(run: "a", reason: .newer("f"), folder: "out"),
        "run 'a' cannot be resumed: a later version of Aura has written its checkpoint ('f'); go on with "
          + "that version, or remove its folder below 'out', and the same command begins it again"
      ),
      (
        WeightsTrouble.encoderAlone("x", encoder: "resnet18"),
        "'x' is an encoder, not a whole network; train one: aura train --weights resnet18"
      ),
      (
        WeightsTrouble.notFetched(.resnet18),
        "'resnet18' is not there yet; aura weights fetch resnet18, or aura weights import "
          + "resnet18-f37072fd.pth"
      ),
    ]
    for (error, text) in texts { #expect(Failure(error).text == text) }
    for (error, end) in [
      (ProjectError.sameName("a"), "two images would be called 'a'; leave one out by --skip"),
      (.noCell("m.tif", image: "a"), "crop around; leave it out by --skip a"),
      (.noFrames("ctc"), "or only such as lack cells (--partial)"),
    ] { #expect(Failure(error).text.hasSuffix(end)) }
    #expect(Failure(WeightsTrouble.unnamedNetwork("x")).text.contains("--network: aura-net, unet"))
    let misfit = WeightsTrouble.misfit(
      "x", architecture: .unet, isNamed: true, reason: TrainingError.memory("too little"))
    #expect(Failure(misfit).text.hasSuffix("; is it another --network?"))
    let paper = WorkflowError.uncroppedPaperData("BU-BIL", dataset: 2)
    #expect(Failure(paper).text.hasSuffix("aura import bu-bil BU-BIL CROPS, then --data CROPS"))
  }

  @Test func `without a network the way by hand is told`() throws {
    let address = try #require(URL(string: "http://127.0.0.1:1/resnet34-b627a593.pth"))
    func text(_ trouble: DownloadTrouble, received: Int = 0) -> String {
      Failure(
        WeightsTrouble.download(address, trouble, received: received, part: "/data/part")
      ).text
    }
    let byHand =
      "download https://download.pytorch.org/models/resnet34-b627a593.pth where there is a "
      + "network, then: aura weights import resnet34-b627a593.pth"
    #expect(text(.connection("no")) == "127.0.0.1 cannot be reached (no); " + byHand)
    #expect(
      text(.connection("no"), received: 9)
        == "resnet34-b627a593.pth came only in part (no); the same command goes on behind its 9 "
        + "bytes, or " + byHand)
    #expect(text(.disk("full")) == "'/data/part' cannot be written: full")
  }
}
