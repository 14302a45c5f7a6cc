import Foundation
import Project
import Recipes
import Testing

@testable import Training

struct LearningRateScheduleTests {
  @Test func `without a warm-up a constant rate is the recipe's to the last bit`() {
    let schedule = LearningRateSchedule(peak: 3e-4, warmup: 0, steps: 100, shape: .constant)
    #expect((0..<100).allSatisfy { schedule.rate(at: $0) == 3e-4 })
  }

  @Test func `a warm-up rises evenly and its last step has the full rate`() {
    let schedule = LearningRateSchedule(peak: 2, warmup: 4, steps: 10, shape: .constant)
    #expect((0..<6).map { schedule.rate(at: $0) } == [0.5, 1, 1.5, 2, 2, 2])
  }

  @Test func `a cosine falls from the full rate behind the warm-up to 0 at the end`() {
    let schedule = LearningRateSchedule(peak: 2, warmup: 2, steps: 10, shape: .cosine)
    let rates = (0..<10).map { schedule.rate(at: $0) }
    #expect(rates[0] == 1 && rates[1] == 2 && rates[2] == 2)
    #expect(abs(rates[6] - 1) < 1e-12)
    for step in 2..<10 {
      #expect(abs(rates[step] - (1 + cos(.pi * Double(step - 2) / 8))) < 1e-12)
    }
    #expect(schedule.rate(at: 10) == 0)
    #expect(schedule.rate(at: 11) == 0)
  }

  @Test func `a run that is all warm-up ends at the full rate`() {
    let schedule = LearningRateSchedule(peak: 1, warmup: 5, steps: 5, shape: .cosine)
    #expect(schedule.rate(at: 4) == 1)
  }
}
