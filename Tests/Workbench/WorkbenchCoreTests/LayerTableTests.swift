import Testing
import WorkbenchCore

@Suite struct LayerTableTests {
  let table = LayerTable(
    steps: [("stem", 2), ("block 1", 5), ("block 2", 1), ("head", 2)], milliseconds: 12)

  @Test func rowsAndRemainderAddUp() {
    #expect(table.rows.reduce(0) { $0 + $1.milliseconds } + table.remainder == table.milliseconds)
    #expect(abs(table.rows.reduce(0) { $0 + $1.share } - 10.0 / 12) < 1e-12)
  }

  @Test func marksTheSlowest() {
    #expect(table.rows.filter(\.isSlowest).map(\.name) == ["block 1"])
  }

  @Test func ordersByTimeAndKeepsTiesInRunOrder() {
    #expect(table.rows(in: .slowestFirst).map(\.name) == ["block 1", "stem", "head", "block 2"])
    #expect(table.rows(in: .runOrder).map(\.name) == ["stem", "block 1", "block 2", "head"])
  }
}
