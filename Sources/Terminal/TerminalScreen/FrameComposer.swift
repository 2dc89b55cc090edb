/// Works out what a frame changes: the text for ncurses, and the bytes of the graphics that must be sent.
///
/// ncurses knows nothing of pictures. It is told that the cells under a picture hold no-break spaces, which no
/// text ever is: a popup over the picture then differs from them in every cell and is written whole, and when it
/// goes, ncurses erases just those cells and the picture is sent again.
package struct FrameComposer {
  /// What is to be written for one frame.
  package struct Output {
    package var text: CellBuffer
    /// Empty when no graphic changed.
    package var graphics: [UInt8]
  }

  /// Cells that ncurses may write again unasked when it has something to write on both sides, because that
  /// takes fewer bytes than moving the cursor.
  package static let rewriteReach = 16

  private struct Shown {
    var text: CellBuffer
    /// For each cell, the index in `graphics` of the one that shows there, or -1.
    var coverage: [Int]
    var graphics: [Graphic]
  }

  private var shown: Shown?
  private var memory = PictureMemory()
  /// Takes pictures away that a forgotten frame left on the terminal.
  private var forgottenRemovals: [UInt8] = []

  private let textDepth: ColorDepth

  /// - Parameter textDepth: The colours in which ncurses writes text, so that the text over pictures has the same.
  package init(textDepth: ColorDepth = .trueColor) { self.textDepth = textDepth }

  /// Forgets what is on the terminal, so that the next frame is sent in full.
  package mutating func forget() {
    forgottenRemovals = removal
    shown = nil
  }

  /// Whether a terminal with such a memory as xterm's would draw something else than it shows.
  package var needsRepaint: Bool { memory.isWrong && shown?.graphics.contains { $0.whole != nil } == true }

  /// Returns what makes xterm forget the pictures that it was sent and draws those that it shows anew and whole, in
  /// place.
  package mutating func repaint(depth: ColorDepth) -> [UInt8] {
    guard let shown, shown.text.height > 2 else { return [] }
    var painter = CellPainter(depth: depth)
    painter.begin()
    painter.append(sequence: memory.forgetting(rows: shown.text.height))
    for y in shown.text.height - 2..<shown.text.height {
      painter.move(x: 0, y: y)
      for x in 0..<shown.text.width { painter.paint(shown.text[x, y].reduced(to: textDepth)) }
    }
    painter.end()
    for (index, graphic) in shown.graphics.enumerated() {
      guard let whole = graphic.whole else { continue }
      paint(sequence: whole, graphic.rect, index, of: shown, with: &painter)
    }
    return painter.bytes
  }

  /// What takes away the pictures that text does not erase.
  package var removal: [UInt8] { forgottenRemovals + (shown?.graphics ?? []).flatMap(\.removal) }

  /// Composes the next frame, which is then taken to be on the terminal.
  ///
  /// - Parameters:
  ///   - cells: The text, of the size of the screen.
  ///   - graphics: Those that reach outside the screen, or as sequences into its last row (which would scroll
  ///     the screen), are left out.
  ///   - depth: The colours that the terminal shows.
  package mutating func compose(_ cells: CellBuffer, graphics: [Graphic], depth: ColorDepth) -> Output {
    let graphics = graphics.filter { Self.fits($0, width: cells.width, height: cells.height) }
    var coverage = [Int](repeating: -1, count: cells.width * cells.height)
    for (index, graphic) in graphics.enumerated() {
      for y in graphic.rect.y..<graphic.rect.maxY {
        for x in graphic.rect.x..<graphic.rect.maxX where cells.isPicture(x: x, y: y) {
          coverage[y * cells.width + x] = index
        }
      }
    }
    var text = cells
    text.settlePictures { coverage[$0] >= 0 }
    let next = Shown(text: text, coverage: coverage, graphics: graphics)
    let endangered = Self.endangered(from: shown, to: next)
    var painter = CellPainter(depth: depth)
    painter.append(sequence: forgottenRemovals)
    forgottenRemovals = []
    for before in shown?.graphics ?? [] where !before.removal.isEmpty {
      let stays = graphics.contains {
        $0.identity == before.identity && $0.rect == before.rect && $0.removal == before.removal
      }
      if !stays { painter.append(sequence: before.removal) }
    }
    for (index, graphic) in graphics.enumerated() {
      let isEndangered = endangered.contains(index)
      switch graphic.content {
      case .sequence(let bytes):
        if isEndangered || !isShown(index, of: next, generations: [graphic.generation]) {
          paint(sequence: bytes, graphic.rect, index, of: next, with: &painter)
        }
      case .patches(let patches, let base, let whole):
        if isEndangered || !isShown(index, of: next, generations: [base, graphic.generation]) {
          paint(sequence: whole, graphic.rect, index, of: next, with: &painter)
        } else if !isShown(index, of: next, generations: [graphic.generation]) {
          for patch in patches {
            paint(sequence: patch.bytes, Self.rect(of: patch, in: graphic), index, of: next, with: &painter)
          }
        }
      case .tiles(let tiles):
        for tile in tiles {
          let rect = Self.rect(of: tile, in: graphic)
          if isEndangered || needsSending(tile, rect, index, of: next) {
            paint(sequence: tile.bytes, rect, index, of: next, with: &painter)
          }
        }
      case .cells(let picture):
        paint(picture, graphic, index, of: next, everything: isEndangered, with: &painter)
      }
    }
    shown = next
    return Output(text: text, graphics: painter.bytes)
  }

  private static func fits(_ graphic: Graphic, width: Int, height: Int) -> Bool {
    let rect = graphic.rect
    guard !rect.isEmpty, rect.x >= 0, rect.y >= 0, rect.maxX <= width else { return false }
    switch graphic.content {
    case .sequence, .patches, .tiles: return rect.maxY < height
    case .cells: return rect.maxY <= height
    }
  }

  /// The graphic that showed in a cell before.
  private func shownGraphic(at position: Int, width: Int) -> Graphic? {
    guard let shown, shown.text.width == width, position < shown.coverage.count else { return nil }
    let index = shown.coverage[position]
    return index < 0 ? nil : shown.graphics[index]
  }

  /// Whether one of some generations of a picture shows wherever the picture is to show.
  private func isShown(_ index: Int, of next: Shown, generations: [Int]) -> Bool {
    let graphic = next.graphics[index]
    let before = shown?.graphics.first { $0.identity == graphic.identity }
    guard let before, generations.contains(before.generation), before.rect == graphic.rect else {
      return false
    }
    return next.coverage.indices.allSatisfy { position in
      next.coverage[position] != index
        || shownGraphic(at: position, width: next.text.width)?.identity == graphic.identity
    }
  }

  private static func rect(of tile: Graphic.Tile, in graphic: Graphic) -> Rect {
    Rect(
      x: graphic.rect.x + tile.rect.x, y: graphic.rect.y + tile.rect.y, width: tile.rect.width,
      height: tile.rect.height)
  }

  /// Whether a tile changed, or shows in a cell where its picture did not show before.
  private func needsSending(_ tile: Graphic.Tile, _ rect: Rect, _ index: Int, of next: Shown) -> Bool {
    let graphic = next.graphics[index]
    let before = shown?.graphics.first { $0.identity == graphic.identity }
    guard let before, before.rect == graphic.rect, case .tiles(let old) = before.content,
      old.contains(where: { $0.rect == tile.rect && $0.generation == tile.generation })
    else { return true }
    let width = next.text.width
    return (rect.y..<rect.maxY).contains { y in
      (rect.x..<rect.maxX).contains { x in
        next.coverage[y * width + x] == index
          && shownGraphic(at: y * width + x, width: width)?.identity != graphic.identity
      }
    }
  }

  private mutating func paint(
    sequence: [UInt8], _ rect: Rect, _ index: Int, of next: Shown, with painter: inout CellPainter
  ) {
    let isVisible = (rect.y..<rect.maxY).contains { y in
      (rect.x..<rect.maxX).contains { next.coverage[y * next.text.width + $0] == index }
    }
    guard isVisible else { return }
    memory.add(rect)
    painter.begin()
    painter.move(x: rect.x, y: rect.y)
    painter.append(sequence: sequence)
    // The text in front of the picture has just been drawn over.
    for y in rect.y..<rect.maxY {
      var cursor: Int?
      for x in rect.x..<rect.maxX where next.coverage[y * next.text.width + x] != index {
        if cursor != x { painter.move(x: x, y: y) }
        painter.paint(next.text[x, y].reduced(to: textDepth))
        cursor = x + 1
      }
    }
    painter.end()
  }

  private func paint(
    _ picture: CellBuffer, _ graphic: Graphic, _ index: Int, of next: Shown, everything: Bool,
    with painter: inout CellPainter
  ) {
    let rect = graphic.rect
    let width = next.text.width
    var hasBegun = false
    for y in rect.y..<rect.maxY {
      var cursor: Int?
      for x in rect.x..<rect.maxX where next.coverage[y * width + x] == index {
        let cell = picture[x - rect.x, y - rect.y]
        if !everything, let before = shownGraphic(at: y * width + x, width: width),
          case .cells(let old) = before.content, old[x - before.rect.x, y - before.rect.y] == cell
        {
          continue
        }
        if !hasBegun { painter.begin() }
        hasBegun = true
        if cursor != x { painter.move(x: x, y: y) }
        painter.paint(cell)
        cursor = x + 1
      }
    }
    if hasBegun { painter.end() }
  }

  /// The graphics between two changes so near to each other that ncurses may write over them.
  private static func endangered(from shown: Shown?, to next: Shown) -> Set<Int> {
    guard let shown, shown.text.width == next.text.width, shown.text.height == next.text.height else {
      return []
    }
    var result: Set<Int> = []
    let width = next.text.width
    for y in 0..<next.text.height {
      var lastChange: Int?
      for x in next.text.columns(differingFrom: shown.text, inRow: y) {
        if let last = lastChange, x - last > 1, x - last <= rewriteReach {
          for between in last + 1..<x where next.coverage[y * width + between] >= 0 {
            result.insert(next.coverage[y * width + between])
          }
        }
        lastChange = x
      }
    }
    return result
  }
}
