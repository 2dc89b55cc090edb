import Testing
import WorkbenchCore

@Suite struct LayerTableTests {
  let table = LayerTable(
    steps: [
      LayerTable.Step("stem", milliseconds: 2, type: "Convolution", bytes: 5),
      LayerTable.Step("block 1", milliseconds: 5, type: "Linear", bytes: 9),
      LayerTable.Step("block 2", milliseconds: 1, type: "Convolution", bytes: 7),
      LayerTable.Step("head", milliseconds: 2, type: "Softmax", multiplyAdds: 3_000_000, bytes: 7),
    ], milliseconds: 12)

  @Test func rowsAndRemainderAddUp() {
    #expect(table.rows.reduce(0) { $0 + $1.milliseconds } + table.remainder == table.milliseconds)
    #expect(abs(table.rows.reduce(0) { $0 + $1.share } - 10.0 / 12) < 1e-12)
  }

  @Test func marksTheSlowest() {
    #expect(table.rows.filter(\.isSlowest).map(\.name) == ["block 1"])
  }

  @Test func ordersByTypeAndMemory() {
    #expect(table.rows(in: .byType).map(\.name) == ["block 1", "stem", "block 2", "head"])
    #expect(table.rows(in: .byMemory).map(\.name) == ["block 1", "block 2", "head", "stem"])
  }

  @Test func ordersGoRound() {
    var order = LayerTable.Order.slowestFirst
    for _ in LayerTable.Order.allCases { order = order.next }
    #expect(order == .slowestFirst)
  }

  @Test func countsTwoOperationsForAMultiplyAdd() {
    #expect(table.rows[3].step.gigaflops == 3)
  }

  @Test func remembersTheLastRuns() {
    var history = LayerHistory()
    for run in 0..<40 {
      history.record(
        LayerTable(steps: [LayerTable.Step("stem", milliseconds: Double(run))], milliseconds: 50))
    }
    #expect(history.milliseconds(of: "stem") == (8..<40).map(Double.init))
    #expect(history.milliseconds(of: "none").isEmpty)
  }

  @Test func ordersByTimeAndKeepsTiesInRunOrder() {
    #expect(table.rows(in: .slowestFirst).map(\.name) == ["block 1", "stem", "head", "block 2"])
    #expect(table.rows(in: .runOrder).map(\.name) == ["stem", "block 1", "block 2", "head"])
  }
}
