import TerminalScreen
import Testing

@Suite struct FrameComposerTests {
  private let rect = Rect(x: 2, y: 1, width: 4, height: 2)
  private let image = Array("<image>".utf8)

  private func graphic(_ generation: Int = 1, rect: Rect? = nil) -> Graphic {
    Graphic(identity: "image", generation: generation, rect: rect ?? self.rect, content: .sequence(image))
  }

  /// A screen of 30 x 5 with a picture and perhaps text in front of it.
  private func cells(front: String = "") -> CellBuffer {
    var cells = CellBuffer(width: 30, height: 5)
    cells.fill(rect, with: .picture)
    cells.write(front, x: 3, y: 1)
    return cells
  }

  private func bytes(_ output: FrameComposer.Output) -> String {
    String(decoding: output.graphics, as: UTF8.self)
  }

  @Test func pictureIsSentOnceAtItsPlace() {
    var composer = FrameComposer()
    let first = composer.compose(cells(), graphics: [graphic()], depth: .trueColor)
    #expect(bytes(first) == "\u{1B}7\u{1B}[2;3H<image>\u{1B}8")
    #expect(first.text[2, 1].isPicture && !first.text[1, 1].isPicture)
    #expect(bytes(composer.compose(cells(), graphics: [graphic()], depth: .trueColor)).isEmpty)
    #expect(bytes(composer.compose(cells(), graphics: [graphic(2)], depth: .trueColor)).contains("<image>"))
    let moved = Rect(x: 2, y: 2, width: 4, height: 2)
    #expect(
      bytes(composer.compose(cells(), graphics: [graphic(2, rect: moved)], depth: .trueColor)).contains(
        "[3;3H<image>")
    )
  }

  @Test func textInFrontIsLeftToNcursesUntilThePictureChanges() {
    var composer = FrameComposer()
    _ = composer.compose(cells(), graphics: [graphic()], depth: .trueColor)
    let covered = composer.compose(cells(front: "ab"), graphics: [graphic()], depth: .trueColor)
    #expect(bytes(covered).isEmpty)
    #expect(covered.text[3, 1].text == "a" && covered.text[2, 1].isPicture)
    let changed = composer.compose(cells(front: "ab"), graphics: [graphic(2)], depth: .trueColor)
    #expect(bytes(changed) == "\u{1B}7\u{1B}[2;3H<image>\u{1B}[2;4H\u{1B}[0mab\u{1B}8")
    #expect(bytes(composer.compose(cells(front: "xy"), graphics: [graphic(2)], depth: .trueColor)).isEmpty)
    let uncovered = composer.compose(cells(), graphics: [graphic(2)], depth: .trueColor)
    #expect(bytes(uncovered) == "\u{1B}7\u{1B}[2;3H<image>\u{1B}8")
  }

  @Test func aPictureWhollyBehindTextIsNotSent() {
    var composer = FrameComposer()
    let blank = CellBuffer(width: 30, height: 5)
    #expect(bytes(composer.compose(blank, graphics: [graphic()], depth: .trueColor)).isEmpty)
  }

  @Test func changesCloseOnBothSidesSendThePictureAgain() {
    func marked(_ left: String, _ right: String, at x: Int = 8) -> CellBuffer {
      var cells = cells()
      cells.write(left, x: 0, y: 1)
      cells.write(right, x: x, y: 1)
      return cells
    }
    var composer = FrameComposer()
    _ = composer.compose(marked("a", "a"), graphics: [graphic()], depth: .trueColor)
    #expect(bytes(composer.compose(marked("b", "a"), graphics: [graphic()], depth: .trueColor)).isEmpty)
    #expect(!bytes(composer.compose(marked("c", "c"), graphics: [graphic()], depth: .trueColor)).isEmpty)
    let far = FrameComposer.rewriteReach + 5
    _ = composer.compose(marked("c", "c", at: far), graphics: [graphic()], depth: .trueColor)
    #expect(
      bytes(composer.compose(marked("d", "d", at: far), graphics: [graphic()], depth: .trueColor)).isEmpty)
  }

  /// The picture of another generation as a patch of one cell.
  private func patched(_ generation: Int, base: Int) -> Graphic {
    var graphic = graphic(generation)
    let patch = Graphic.Tile(
      rect: Rect(x: 1, y: 1, width: 1, height: 1), generation: generation, bytes: Array("<patch>".utf8))
    graphic.content = .patches([patch], base: base, whole: image)
    return graphic
  }

  @Test func aPatchIsSentWhereItsPictureShows() {
    var composer = FrameComposer()
    func compose(_ graphic: Graphic, front: String = "") -> String {
      bytes(composer.compose(cells(front: front), graphics: [graphic], depth: .trueColor))
    }
    #expect(compose(patched(2, base: 1)).contains("<image>"), "nothing is shown yet")
    #expect(compose(patched(3, base: 2)) == "\u{1B}7\u{1B}[3;4H<patch>\u{1B}8")
    #expect(compose(patched(3, base: 2)).isEmpty)
    #expect(compose(patched(5, base: 4)).contains("<image>"), "a frame between was not shown")
    #expect(compose(patched(6, base: 5), front: "ab").contains("<patch>"))
    #expect(compose(patched(7, base: 6)).contains("<image>"), "text was in front")
    composer.forget()
    #expect(compose(patched(8, base: 7)).contains("<image>"))
  }

  @Test func picturesCanBePaintedAnewInPlace() {
    var composer = FrameComposer()
    #expect(!composer.needsRepaint, "nothing is shown yet")
    _ = composer.compose(cells(), graphics: [graphic(1)], depth: .trueColor)
    #expect(composer.needsRepaint, "the terminal may remember pictures of other programs")
    let repainted = String(decoding: composer.repaint(depth: .trueColor), as: UTF8.self)
    #expect(
      repainted.contains("[4;5r") && repainted.contains("[r\u{1B}[4;1H"), "the last rows are written again")
    #expect(repainted.hasSuffix("\u{1B}8\u{1B}7\u{1B}[2;3H<image>\u{1B}8"))
    #expect(!composer.needsRepaint)
    for generation in 2...20 {
      _ = composer.compose(
        cells(), graphics: [patched(generation, base: generation - 1)], depth: .trueColor)
    }
    #expect(!composer.needsRepaint, "all patches go to one place")
    _ = composer.compose(cells(), graphics: [graphic(30)], depth: .trueColor)
    #expect(composer.needsRepaint, "the patch would be drawn over the new picture")
    _ = composer.repaint(depth: .trueColor)
    #expect(bytes(composer.compose(cells(), graphics: [graphic(30)], depth: .trueColor)).isEmpty)
  }

  @Test func textInFrontHasTheColoursOfAllText() {
    var composer = FrameComposer(textDepth: .palette256)
    var cells = cells()
    cells.write("a", x: 3, y: 1, style: Style(foreground: .hex(0xFF0000)))
    let frame = composer.compose(cells, graphics: [graphic()], depth: .trueColor)
    #expect(bytes(frame).contains("\u{1B}[0;38;5;196ma"))
  }

  @Test func removedPicturesLeaveBlanks() {
    var composer = FrameComposer()
    _ = composer.compose(cells(), graphics: [graphic()], depth: .trueColor)
    let output = composer.compose(cells(), graphics: [], depth: .trueColor)
    #expect(output.text == CellBuffer(width: 30, height: 5))
  }

  @Test(arguments: [
    Rect(x: 2, y: 3, width: 4, height: 2), Rect(x: 27, y: 1, width: 4, height: 2),
    Rect(x: -1, y: 1, width: 4, height: 1),
    Rect(x: 1, y: -1, width: 4, height: 2), Rect(x: 1, y: 1, width: 0, height: 2),
  ])
  func picturesThatWouldScrollOrOverflowAreLeftOut(rect: Rect) {
    var composer = FrameComposer()
    var cells = CellBuffer(width: 30, height: 5)
    cells.fill(cells.bounds, with: .picture)
    #expect(
      bytes(composer.compose(cells, graphics: [graphic(rect: rect)], depth: .trueColor)).isEmpty, "\(rect)")
  }

  @Test func ofCellsOnlyTheChangedAndUncoveredAreSent() {
    func picture(_ middle: UInt8) -> Graphic {
      var picture = CellBuffer(width: 4, height: 2, style: Style(background: .rgb(red: 1, green: 2, blue: 3)))
      picture[1, 0] = Cell("▀", style: Style(foreground: .rgb(red: middle, green: 0, blue: 0)))
      return Graphic(identity: "image", generation: Int(middle), rect: rect, content: .cells(picture))
    }
    var composer = FrameComposer()
    let first = bytes(composer.compose(cells(), graphics: [picture(1)], depth: .trueColor))
    #expect(
      first
        == "\u{1B}7\u{1B}[2;3H\u{1B}[0;48;2;1;2;3m \u{1B}[38;2;1;0;0;49m▀\u{1B}[39;48;2;1;2;3m  \u{1B}[3;3H    \u{1B}8"
    )
    let changed = bytes(composer.compose(cells(), graphics: [picture(2)], depth: .trueColor))
    #expect(changed == "\u{1B}7\u{1B}[2;4H\u{1B}[0;38;2;2;0;0m▀\u{1B}8")
    #expect(bytes(composer.compose(cells(front: "ab"), graphics: [picture(2)], depth: .trueColor)).isEmpty)
    let uncovered = bytes(composer.compose(cells(), graphics: [picture(2)], depth: .palette256))
    #expect(uncovered == "\u{1B}7\u{1B}[2;4H\u{1B}[0;38;5;16m▀\u{1B}[39;48;5;16m \u{1B}8")
  }

  /// Two tiles, one below the other.
  private func tiles(_ generations: [Int], removal: String = "") -> Graphic {
    let tiles = generations.enumerated().map { row, generation in
      Graphic.Tile(
        rect: Rect(x: 0, y: row, width: 4, height: 1), generation: generation,
        bytes: Array("<\(row):\(generation)>".utf8))
    }
    return Graphic(
      identity: "image", generation: generations.reduce(0, +), rect: rect, content: .tiles(tiles),
      removal: Array(removal.utf8))
  }

  @Test func ofTilesOnlyTheChangedAndUncoveredAreSent() {
    var composer = FrameComposer()
    let first = bytes(composer.compose(cells(), graphics: [tiles([1, 1])], depth: .trueColor))
    #expect(first == "\u{1B}7\u{1B}[2;3H<0:1>\u{1B}8\u{1B}7\u{1B}[3;3H<1:1>\u{1B}8")
    let second = bytes(composer.compose(cells(), graphics: [tiles([1, 2])], depth: .trueColor))
    #expect(second == "\u{1B}7\u{1B}[3;3H<1:2>\u{1B}8")
    #expect(
      bytes(composer.compose(cells(front: "ab"), graphics: [tiles([1, 2])], depth: .trueColor)).isEmpty)
    let uncovered = bytes(composer.compose(cells(), graphics: [tiles([1, 2])], depth: .trueColor))
    #expect(uncovered == "\u{1B}7\u{1B}[2;3H<0:1>\u{1B}8")
  }

  @Test func picturesThatTextDoesNotEraseAreTakenAway() {
    var composer = FrameComposer()
    _ = composer.compose(cells(), graphics: [tiles([1, 1], removal: "<gone>")], depth: .trueColor)
    #expect(composer.removal == Array("<gone>".utf8))
    let blank = CellBuffer(width: 30, height: 5)
    #expect(bytes(composer.compose(blank, graphics: [], depth: .trueColor)) == "<gone>")
    #expect(composer.removal.isEmpty)
    _ = composer.compose(cells(), graphics: [tiles([1, 1], removal: "<gone>")], depth: .trueColor)
    composer.forget()
    let again = bytes(
      composer.compose(cells(), graphics: [tiles([1, 1], removal: "<gone>")], depth: .trueColor))
    #expect(again.hasPrefix("<gone>") && again.contains("<0:1>"))
  }

  @Test func forgettingSendsEverythingAgain() {
    var composer = FrameComposer()
    _ = composer.compose(cells(), graphics: [graphic()], depth: .trueColor)
    composer.forget()
    #expect(!bytes(composer.compose(cells(), graphics: [graphic()], depth: .trueColor)).isEmpty)
  }
}
