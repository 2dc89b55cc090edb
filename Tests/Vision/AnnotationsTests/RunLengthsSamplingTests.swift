import Annotations
import Testing

@Suite struct RunLengthsSamplingTests {
  @Test(arguments: 0..<40)
  func samplesAreThePixels(seed: Int) {
    let mask = NaiveMask.random(seed: seed)
    let columns = [-1, -1] + (0..<2 * mask.width).map { $0 * mask.width / (2 * mask.width) } + [-1]
    let rows = [-1] + Array(stride(from: 0, to: mask.height, by: 2)) + [-1, -1]
    let samples = mask.runs.sampled(columns: columns, rows: rows)
    for (row, y) in rows.enumerated() {
      for (column, x) in columns.enumerated() {
        #expect(samples[row * columns.count + column] == (mask[x, y] ?? false))
      }
    }
    #expect(mask.runs.sampled(columns: [], rows: rows).isEmpty)
  }
}
