/// A grid of cells: what one frame shows.
///
/// Everything written outside the grid is clipped. Wide graphemes never stand half: overwriting one half
/// blanks the other.
public struct CellBuffer: Hashable, Sendable {
  /// The columns.
  public let width: Int
  /// The rows.
  public let height: Int
  private var cells: [Cell]

  /// Makes a grid of blanks.
  public init(width: Int, height: Int, style: Style = .plain) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    cells = Array(repeating: Cell(style: style), count: self.width * self.height)
  }

  /// The whole grid.
  public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// The cell in column x of row y.
  ///
  /// Setting one outside the grid does nothing; reading one outside gives a blank.
  public subscript(x: Int, y: Int) -> Cell {
    get { bounds.contains(x: x, y: y) ? cells[y * width + x] : Cell() }
    set {
      guard bounds.contains(x: x, y: y) else { return }
      breakWideGraphemes(x: x, y: y, columns: 1)
      cells[y * width + x] = newValue.width == 2 ? Cell(" ", style: newValue.style) : newValue
    }
  }

  /// Whether a graphic shows through the cell in column x of row y, which is one of the grid.
  func isPicture(x: Int, y: Int) -> Bool { cells[y * width + x].isPicture }

  /// Makes all cells through which a graphic shows alike, and blanks those where there is none.
  ///
  /// - Parameter isCovered: Whether a graphic lies over a cell, which has a number in reading order.
  mutating func settlePictures(isCovered: (Int) -> Bool) {
    for index in cells.indices where cells[index].isPicture {
      if !isCovered(index) {
        cells[index] = Cell()
      } else if cells[index].style != .plain {
        cells[index] = .picture
      }
    }
  }

  /// Returns the columns of a row whose cells differ from those of another grid of the same size.
  func columns(differingFrom other: CellBuffer, inRow y: Int) -> [Int] {
    precondition(width == other.width && height == other.height, "The grids have one size")
    let first = y * width
    return (0..<width).filter { cells[first + $0] != other.cells[first + $0] }
  }

  /// Writes text in one row and returns the columns it took inside the clip.
  ///
  /// Control and other invisible characters are shown as `VisibleText` says. A wide grapheme that only half
  /// fits becomes a blank.
  /// - Parameters:
  ///   - x: The column of the first grapheme; may lie left of the clip.
  ///   - clip: Cells outside it stay as they are; nil for the whole grid.
  @discardableResult
  public mutating func write(
    _ text: some StringProtocol, x: Int, y: Int, style: Style = .plain, clip: Rect? = nil
  ) -> Int {
    let clip = clip.map { bounds.intersection($0) } ?? bounds
    guard y >= clip.y, y < clip.maxY else { return 0 }
    var column = x
    for character in text {
      guard column < clip.maxX else { break }
      let character = VisibleText.visible(character)
      let columns = DisplayWidth.of(character)
      if column >= clip.x, column + columns <= clip.maxX {
        breakWideGraphemes(x: column, y: y, columns: columns)
        cells[y * width + column] = Cell(character, width: UInt8(columns), style: style)
        if columns == 2 { cells[y * width + column + 1] = Cell(" ", width: 0, style: style) }
      } else {
        for half in max(column, clip.x)..<max(min(column + columns, clip.maxX), clip.x) {
          self[half, y] = Cell(style: style)
        }
      }
      column += columns
    }
    return max(min(column, clip.maxX) - max(x, clip.x), 0)
  }

  /// Fills a rectangle with one cell.
  public mutating func fill(_ rect: Rect, with cell: Cell = Cell()) {
    let rect = bounds.intersection(rect)
    guard !rect.isEmpty else { return }
    let cell = cell.width == 2 ? Cell(" ", style: cell.style) : cell
    for y in rect.y..<rect.maxY {
      breakWideGraphemes(x: rect.x, y: y, columns: rect.width)
      for x in rect.x..<rect.maxX { cells[y * width + x] = cell }
    }
  }

  /// Changes the style of a rectangle's cells and leaves their text.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let rect = bounds.intersection(rect)
    for y in rect.y..<rect.maxY {
      for x in rect.x..<rect.maxX { change(&cells[y * width + x].style) }
    }
  }

  /// Copies another grid so that its top left cell lands at (x, y).
  public mutating func copy(_ other: CellBuffer, x: Int, y: Int) {
    if x == 0, y == 0, width == other.width, height == other.height {
      cells = other.cells
      return
    }
    let target = bounds.intersection(Rect(x: x, y: y, width: other.width, height: other.height))
    for row in target.y..<target.maxY {
      breakWideGraphemes(x: target.x, y: row, columns: target.width)
      for column in target.x..<target.maxX {
        var cell = other.cells[(row - y) * other.width + column - x]
        let isCut = cell.width == 2 && column + 1 == target.maxX || cell.width == 0 && column == target.x
        if isCut { cell = Cell(style: cell.style) }
        cells[row * width + column] = cell
      }
    }
  }

  /// The text of each row, without styles or trailing blanks; for tests and plain output.
  public var lines: [String] {
    (0..<height).map { y in
      var line = ""
      for cell in cells[y * width..<(y + 1) * width] where cell.width > 0 {
        line.append(cell.isPicture ? " " : cell.text)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Blanks the halves that a write to these cells leaves behind.
  private mutating func breakWideGraphemes(x: Int, y: Int, columns: Int) {
    guard columns > 0 else { return }
    let first = y * width + x
    let last = first + columns - 1
    if cells[first].width == 0, x > 0 { cells[first - 1] = Cell(style: cells[first - 1].style) }
    if cells[last].width == 2, x + columns < width { cells[last + 1] = Cell(style: cells[last + 1].style) }
  }
}
