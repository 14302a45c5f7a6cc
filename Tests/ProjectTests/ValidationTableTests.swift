import Foundation
import Recipes
import Testing

@testable import Project

struct ValidationTableTests {
  private static func record(_ step: Int, cells: Double?) -> ValidationRecord {
    ValidationRecord(
      step: step, images: 8, learningRate: 0.001, trainLoss: 0.5, simulatedLoss: 0.25,
      simulatedIoU: 0.75, simulatedAveragePrecision: cells,
      real: [
        .init(name: "yeast", iou: 0.5, averagePrecision: cells.map { $0 / 2 }),
        .init(name: "masks", iou: 0.125),
      ])
  }

  @Test func `cells have columns where they are told apart, blank in lines of before`() {
    #expect(
      ValidationTable.text([Self.record(1, cells: nil), Self.record(2, cells: 0.5)]) == """
        step,images,learning_rate,train_loss,simulated_loss,simulated_iou,simulated_ap50,\
        yeast_iou,yeast_ap50,masks_iou
        1,8,0.001,0.5,0.25,0.75,,0.5,,0.125
        2,8,0.001,0.5,0.25,0.75,0.5,0.5,0.25,0.125

        """)
    #expect(
      ValidationTable.text([Self.record(1, cells: nil)]) == """
        step,images,learning_rate,train_loss,simulated_loss,simulated_iou,yeast_iou,masks_iou
        1,8,0.001,0.5,0.25,0.75,0.5,0.125

        """)
  }

  @Test func `a line says the average precision where there is one`() {
    #expect(
      Self.record(1, cells: 0.5).scores
        == "simulated IoU 0.7500 AP50 0.5000  yeast 0.5000 AP50 0.2500  masks 0.1250")
    #expect(
      Self.record(1, cells: nil).scores
        == "simulated IoU 0.7500  yeast 0.5000  masks 0.1250")
  }

  @Test func `what a run of before kept of a validation is read`() throws {
    let json = """
      {"step":1,"images":8,"learningRate":0.001,"trainLoss":0.5,"simulatedLoss":0.25,
      "simulatedIoU":0.75,"real":[{"name":"yeast","iou":0.5},{"name":"masks","iou":0.125}]}
      """
    let record = try JSONDecoder().decode(ValidationRecord.self, from: Data(json.utf8))
    #expect(record == Self.record(1, cells: nil))
  }
}
