import ComputeKernels
import TestSupport
import Testing

@Suite struct ColorFitTests {
  struct Grid {
    var columns, rows, reach: Int
    var epsilon = 1e-3
    var pixels: [UInt8] = []
    var values: [Float] = []

    init(_ columns: Int, _ rows: Int, reach: Int) {
      (self.columns, self.rows, self.reach) = (columns, rows, reach)
      var numbers = Numbers(seed: columns + 7 * rows)
      // Pixels of the grid's places, each followed by three bytes that are none.
      pixels = numbers.floats(6 * columns * rows).map {
        UInt8((abs($0) * 255).truncatingRemainder(dividingBy: 256))
      }
      values = numbers.floats(columns * rows).map { abs($0).truncatingRemainder(dividingBy: 1) }
    }

    func color(_ place: Int) -> [Double] { (0..<3).map { Double(pixels[6 * place + $0]) / 255 } }

    /// Factors of red, green and blue and the constant, by the definition.
    func reference() -> [[Double]] {
      GuidedFilterReference(columns: columns, rows: rows, reach: reach, epsilon: epsilon)
        .functions(values, color: color)
    }
  }

  static let grids = [
    (13, 9, 2), (20, 31, 4), (5, 6, 9), (1, 7, 2), (9, 1, 2), (33, 17, 1), (17, 33, 3), (16, 16, 0),
    (1, 1, 5),
  ]

  @Test(arguments: InstructionSet.available, grids)
  func agreesWithTheDefinition(set: InstructionSet, grid: (Int, Int, Int)) {
    let grid = Grid(grid.0, grid.1, reach: grid.2)
    let fit = ColorFit(
      columns: grid.columns, rows: grid.rows, reach: grid.reach, epsilon: Float(grid.epsilon),
      instructionSet: set)
    let reference = grid.reference()
    // All rows at once, and parts that begin and end anywhere.
    let parts = [0..<grid.rows, 0..<1, grid.rows / 3..<grid.rows, grid.rows / 2..<grid.rows / 2 + 1]
    for rows in parts {
      let functions = fit.functions(
        ofRows: rows, values: grid.values, pixels: grid.pixels,
        columnOffsets: (0..<grid.columns).map { 6 * $0 },
        rowOffsets: (0..<grid.rows).map { 6 * grid.columns * $0 })
      #expect(functions.count == rows.count * grid.columns)
      for (index, function) in functions.enumerated() {
        let expected = reference[rows.lowerBound * grid.columns + index]
        for part in 0..<4 {
          let found = Double(function[part]) / (part == 3 ? 255 : 1)
          #expect(abs(found - expected[part]) < 1e-4, "\(set) rows \(rows), place \(index), part \(part)")
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available, [1, 2, 7, 64, 101])
  func readsPixelsBetweenPlaces(set: InstructionSet, count: Int) {
    var numbers = Numbers(seed: count)
    let functions = numbers.floats(4 * 6).map { $0 * 2 }
    let row = (0..<6).map {
      ColorFit.Function(functions[4 * $0], functions[4 * $0 + 1], functions[4 * $0 + 2], 90)
    }
    let places = (0..<count).map { $0 * 5 / count }
    let fractions = (0..<count).map { Float($0 * 5 % count) / Float(count) }
    let pixels = numbers.floats(3 * count).map { UInt8((abs($0) * 255).truncatingRemainder(dividingBy: 256)) }
    var results = [UInt8](repeating: 7, count: count + 1)
    ColorFit(columns: 6, rows: 1, reach: 1, epsilon: 1, instructionSet: set).read(
      row, places: places, fractions: fractions, pixels: pixels, into: &results, count: count)
    for index in 0..<count {
      let function = row[places[index]] + fractions[index] * (row[places[index] + 1] - row[places[index]])
      let value = (0..<3).reduce(function.w) { $0 + function[$1] * Float(pixels[3 * index + $1]) }
      #expect(abs(Float(results[index]) - min(max(value, 0), 255)) <= 0.51, "\(set) pixel \(index)")
    }
    #expect(results[count] == 7)
  }
}
