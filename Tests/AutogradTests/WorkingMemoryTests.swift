@testable import Autograd
import Kernels
import Testing

@Suite struct WorkingMemoryTests {
  private static let shapes = [(8, 1), (24, 2), (16, 2), (16, 3)]

  private struct Course {
    var losses: [Float] = []
    var parameters: [[Float]] = []
    var bytes: [Int] = []
  }

  /// Trains on pictures of several sizes in turn; `shares` says whether they share their memory.
  private func course(shares: Bool, order: [Int]) -> Course {
    let networks = Self.shapes.map { SmallNetwork(side: $0.0, images: $0.1) }
    let store = networks[0].store()
    let pool = ThreadPool(threads: 2)
    let memory = WorkingMemory()
    let executors = order.sorted().reduce(into: [Int: Executor]()) { made, index in
      guard made[index] == nil else { return }
      made[index] = Executor(
        networks[index].graph, parameters: store, pool: pool, loss: networks[index].loss,
        memory: shares ? memory : WorkingMemory())
    }
    let adam = Adam(parameters: store, learningRate: 1e-2, pool: pool)
    var course = Course()
    for (step, index) in order.enumerated() {
      guard let executor = executors[index] else { continue }
      networks[index].load(executor, seed: step)
      executor.forward()
      executor.backward()
      course.losses.append(executor.values(of: networks[index].loss)[0])
      adam.step()
      course.bytes.append(memory.bytes)
    }
    course.parameters = store.paths.map { store[$0] }
    return course
  }

  @Test func `executors that share memory compute as with memory of their own`() {
    let order = (0..<24).map { [1, 0, 3, 2, 1, 3][$0 % 6] }
    let (shared, apart) = (course(shares: true, order: order), course(shares: false, order: order))
    #expect(shared.losses == apart.losses)
    #expect(shared.parameters == apart.parameters)
    #expect(Set(shared.bytes).count == 1)
  }

  @Test func `memory is that of the largest and does not grow`() {
    let network = SmallNetwork(side: 24, images: 2)
    let store = network.store()
    let pool = ThreadPool(threads: 2)
    let largest = Executor(network.graph, parameters: store, pool: pool, loss: network.loss)
    let memory = WorkingMemory()
    var executors: [Executor] = []
    for (side, images) in Self.shapes {
      let network = SmallNetwork(side: side, images: images)
      executors.append(
        Executor(
          network.graph, parameters: store, pool: pool, loss: network.loss, memory: memory))
    }
    #expect(memory.bytes == largest.memoryBytes)
    #expect(executors.map(\.memoryBytes).max() == memory.bytes)
    for _ in 0..<3 { for executor in executors { executor.forward() } }
    #expect(memory.bytes == largest.memoryBytes)
  }

  @Test func `inference between training steps changes nothing`() {
    func losses(looks: Bool) -> [Float] {
      let network = SmallNetwork()
      let small = SmallNetwork(mode: .evaluation, side: 8, images: 1)
      let store = network.store()
      let pool = ThreadPool(threads: 2)
      let memory = WorkingMemory()
      let executor = Executor(
        network.graph, parameters: store, pool: pool, loss: network.loss, memory: memory)
      let viewer = Executor(small.graph, parameters: store, pool: pool, memory: memory)
      let adam = Adam(parameters: store, learningRate: 1e-2, pool: pool)
      return (0..<5).map { step in
        network.load(executor, seed: step)
        executor.forward()
        executor.backward()
        let loss = executor.values(of: network.loss)[0]
        adam.step()
        if looks {
          small.load(viewer)
          viewer.forward()
        }
        return loss
      }
    }
    #expect(losses(looks: true) == losses(looks: false))
  }

  /// Two executors in one memory after a forward pass of each.
  private static func twoInTurn() -> (network: SmallNetwork, executors: [Executor]) {
    let network = SmallNetwork()
    let memory = WorkingMemory()
    let (store, pool) = (network.store(), ThreadPool(threads: 1))
    let executors = (0..<2).map { _ in
      Executor(network.graph, parameters: store, pool: pool, loss: network.loss, memory: memory)
    }
    for executor in executors { executor.forward() }
    return (network, executors)
  }

  @Test func `values are gone when another executor took its turn`() async {
    await #expect(processExitsWith: .failure) {
      let (network, executors) = Self.twoInTurn()
      _ = executors[0].values(of: network.loss)
    }
    await #expect(processExitsWith: .failure) { Self.twoInTurn().executors[0].backward() }
    await #expect(processExitsWith: .failure) {
      let (network, executors) = Self.twoInTurn()
      network.load(executors[0])
      executors[1].forward()
      executors[0].forward()
    }
    await #expect(processExitsWith: .success) {
      let (network, executors) = Self.twoInTurn()
      network.load(executors[0])
      executors[1].forward()
      network.load(executors[0])
      executors[0].forward()
    }
  }

  @Test func `a second way back needs a second way there`() async {
    await #expect(processExitsWith: .success) {
      let network = SmallNetwork()
      let executor = Executor(
        network.graph, parameters: network.store(), pool: ThreadPool(threads: 1),
        loss: network.loss)
      executor.forward()
      executor.backward()
      executor.forward()
      executor.backward()
    }
    await #expect(processExitsWith: .failure) {
      let network = SmallNetwork()
      let executor = Executor(
        network.graph, parameters: network.store(), pool: ThreadPool(threads: 1),
        loss: network.loss)
      executor.forward()
      executor.backward()
      executor.backward()
    }
  }
}
