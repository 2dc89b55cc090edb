import TerminalGraphics
import TerminalScreen
import Testing

@Suite struct PictureEncoderTests {
  private var terminal: Capabilities {
    var capabilities = Capabilities()
    capabilities.sixel = true
    capabilities.cellWidth = 6
    capabilities.cellHeight = 13
    capabilities.sixelMaximum = PixelSize(width: 300, height: 200)
    return capabilities
  }

  private let screen = ScreenSize(columns: 80, rows: 24)

  @Test func sixelKeepsOffTheLastRowAndBelowTheLargestImage() {
    let encoder = PictureEncoder(identity: "image", protocol: .sixel, capabilities: terminal)
    #expect(
      encoder.usableRect(in: Rect(x: 10, y: 20, width: 20, height: 4), screen: screen)
        == Rect(x: 10, y: 20, width: 20, height: 3))
    #expect(
      encoder.usableRect(in: Rect(x: 0, y: 0, width: 80, height: 24), screen: screen)
        == Rect(x: 15, y: 4, width: 50, height: 15))
    #expect(encoder.usableRect(in: Rect(x: 90, y: 0, width: 5, height: 5), screen: screen).isEmpty)
    #expect(
      encoder.bitmapSize(for: Rect(x: 0, y: 0, width: 50, height: 15)) == PixelSize(width: 300, height: 195))
  }

  @Test func halfBlocksUseEveryRow() {
    let encoder = PictureEncoder(identity: "image", protocol: .half, capabilities: terminal)
    let all = Rect(x: 0, y: 0, width: 80, height: 24)
    #expect(encoder.usableRect(in: all, screen: screen) == all)
    #expect(encoder.bitmapSize(for: all) == PixelSize(width: 80, height: 48))
  }

  @Test(arguments: GraphicsProtocol.allCases)
  func generationsChangeWithThePicture(graphicsProtocol: GraphicsProtocol) {
    var encoder = PictureEncoder(identity: "image", protocol: graphicsProtocol, capabilities: terminal)
    let rect = Rect(x: 0, y: 0, width: 4, height: 2)
    let size = encoder.bitmapSize(for: rect)
    var bitmap = TestPictures.plasma(width: size.width, height: size.height, seed: 4)
    encoder.setPalette(pictures: [bitmap])
    let first = encoder.graphic(of: bitmap, in: rect)
    #expect(first.identity == "image" && first.rect == rect)
    #expect(encoder.graphic(of: bitmap, in: rect) == first)
    bitmap.set(x: 1, y: 1, Palette.Entry(red: 255, green: 255, blue: 255))
    #expect(encoder.graphic(of: bitmap, in: rect).generation != first.generation)
    let moved = Rect(x: 1, y: 0, width: 4, height: 2)
    #expect(encoder.graphic(of: bitmap, in: moved).rect == moved)
  }

  @Test func protocolFollowsTheTerminal() {
    #expect(GraphicsProtocol.best(for: terminal) == .sixel)
    #expect(GraphicsProtocol.best(for: Capabilities()) == .half)
    var colourless = terminal
    colourless.colorDepth = .monochrome
    #expect(GraphicsProtocol.best(for: colourless) == .half)
  }
}
