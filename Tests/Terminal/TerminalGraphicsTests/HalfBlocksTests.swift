import TerminalGraphics
import TerminalScreen
import Testing

@Suite struct HalfBlocksTests {
  private let red = Palette.Entry(red: 255, green: 0, blue: 0)
  private let blue = Palette.Entry(red: 0, green: 0, blue: 255)

  @Test func upperPixelIsForegroundAndLowerBackground() {
    var bitmap = Bitmap(width: 2, height: 2)
    bitmap.set(x: 0, y: 0, red)
    bitmap.set(x: 0, y: 1, blue)
    let cells = HalfBlocks.cells(bitmap, depth: .trueColor)
    #expect(cells.width == 2 && cells.height == 1)
    #expect(cells[0, 0] == Cell("▀", style: Style(foreground: .hex(0xFF0000), background: .hex(0x0000FF))))
    #expect(cells[1, 0] == Cell(" ", style: Style(foreground: .hex(0), background: .hex(0))))
    #expect(
      HalfBlocks.cells(bitmap, depth: .palette256)[0, 0].style
        == Style(foreground: .indexed(196), background: .indexed(21)))
  }

  @Test func anOddLastRowFillsItsCell() {
    let bitmap = Bitmap(width: 1, height: 3, red: 9, green: 8, blue: 7)
    let cells = HalfBlocks.cells(bitmap, depth: .trueColor)
    #expect(cells.height == 2 && cells[0, 1] == cells[0, 0])
  }

  @Test func sixteenColoursAreDitheredToTheirMean() {
    let cells = HalfBlocks.cells(
      Bitmap(width: 8, height: 8, red: 180, green: 180, blue: 180), depth: .palette16)
    var used: Set<Color> = []
    for y in 0..<4 {
      for x in 0..<8 { used.formUnion([cells[x, y].style.foreground, cells[x, y].style.background]) }
    }
    #expect(used.isSubset(of: [.indexed(8), .indexed(7), .indexed(15)]) && used.count >= 2, "\(used)")
  }

  @Test func withoutColoursCharactersShowTheBrightness() {
    var bitmap = Bitmap(width: 3, height: 2)
    for y in 0..<2 {
      bitmap.set(x: 1, y: y, Palette.Entry(red: 128, green: 128, blue: 128))
      bitmap.set(x: 2, y: y, Palette.Entry(red: 255, green: 255, blue: 255))
    }
    #expect(HalfBlocks.cells(bitmap, depth: .monochrome).lines == [" +@"])
  }
}
