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

  /// Behind a tmux that shows no pictures they are carried through it to the terminal around it.
  @Test func sequencesPassThroughTmuxWhenAskedFor() throws {
    var tmux = Capabilities()
    tmux.insideTmux = true
    for graphicsProtocol in [GraphicsProtocol.sixel, .kitty, .iterm2] {
      var encoder = PictureEncoder(identity: "image", protocol: graphicsProtocol, capabilities: tmux)
      let rect = Rect(x: 0, y: 0, width: 4, height: 2)
      let bitmap = TestPictures.plasma(width: 40, height: 40, seed: 4)
      let bytes: [UInt8]
      switch encoder.graphic(of: bitmap, in: rect).content {
      case .sequence(let sequence), .patches(_, _, let sequence): bytes = sequence
      case .tiles(let tiles): bytes = tiles.flatMap(\.bytes)
      case .cells: bytes = []
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}") && text.hasSuffix("\u{1B}\\"), "\(graphicsProtocol)")
    }
  }

  /// Patches drawn over the picture before them, cell by cell, give what drawing the whole gives.
  @Test(arguments: [PictureQuality.full, .reduced])
  func patchesMakeOneSixelPictureIntoTheNext(quality: PictureQuality) throws {
    var encoder = PictureEncoder(identity: "image", protocol: .sixel, capabilities: terminal)
    let rect = Rect(x: 0, y: 0, width: 20, height: 6)
    var bitmap = TestPictures.plasma(width: 120, height: 78, seed: 4)
    encoder.setPalette(pictures: [bitmap])
    let first = encoder.graphic(of: bitmap, in: rect, quality: quality)
    guard case .sequence(let start) = first.content else { return #expect(Bool(false), "not whole") }
    var shown = try Sixels.decode(start)
    // Both sides of the edges of cells and of the pairs of rows that a reduced picture shows.
    for (x, y) in [(6, 13), (7, 38), (119, 77), (60, 39)] {
      let base = encoder.graphic(of: bitmap, in: rect, quality: quality).generation
      bitmap.set(x: x, y: y, Palette.Entry(red: 255, green: 255, blue: 255))
      let graphic = encoder.graphic(of: bitmap, in: rect, quality: quality)
      guard case .patches(let patches, base, let whole) = graphic.content else {
        return #expect(Bool(false), "no patches for (\(x), \(y))")
      }
      for patch in patches {
        let part = try Sixels.decode(patch.bytes)
        #expect(part.width == patch.rect.width * 6 && part.height == patch.rect.height * 13)
        #expect(patch.bytes.count * 4 < whole.count, "\(patch.bytes.count) of \(whole.count)")
        for row in 0..<part.height {
          let target = 3 * ((patch.rect.y * 13 + row) * 120 + patch.rect.x * 6)
          shown.pixels.replaceSubrange(
            target..<target + 3 * part.width,
            with: part.pixels[3 * row * part.width..<3 * (row + 1) * part.width])
        }
      }
      #expect(try shown.pixels == Sixels.decode(whole).pixels, "after (\(x), \(y))")
    }
  }

  /// Pixels keep their colours when these change their meaning, so only what changed is drawn anew.
  @Test func otherColoursTakePatchesToo() throws {
    var encoder = PictureEncoder(identity: "image", protocol: .sixel, capabilities: terminal)
    let rect = Rect(x: 0, y: 0, width: 20, height: 6)
    var bitmap = TestPictures.plasma(width: 120, height: 78, seed: 4)
    encoder.setPalette(pictures: [bitmap])
    let first = encoder.graphic(of: bitmap, in: rect).generation
    let white = Palette.Entry(red: 255, green: 255, blue: 255)
    encoder.setPalette(pictures: [bitmap], reserved: [white])
    let same = encoder.graphic(of: bitmap, in: rect)
    guard case .patches(let none, first, _) = same.content else {
      return #expect(Bool(false), "not the same")
    }
    #expect(none.isEmpty)
    bitmap.set(x: 6, y: 13, white)
    encoder.setPalette(pictures: [bitmap], reserved: [white])
    guard
      case .patches(let patches, same.generation, let whole) = encoder.graphic(of: bitmap, in: rect).content
    else { return #expect(Bool(false), "no patches") }
    let part = try Sixels.decode(try #require(patches.first).bytes)
    let expected = try Sixels.decode(whole)
    #expect(patches.count == 1 && part.width == 6 && part.height == 13)
    #expect(part.pixels[0..<3] == [255, 255, 255])
    #expect(expected.pixels[3 * (13 * 120 + 6)..<3 * (13 * 120 + 12)] == part.pixels[0..<18])
  }

  @Test func muchChangeOrTmuxTakesTheWholePicture() throws {
    let rect = Rect(x: 0, y: 0, width: 20, height: 6)
    let bitmap = TestPictures.plasma(width: 120, height: 78, seed: 4)
    var tmux = terminal
    tmux.insideTmux = true
    for (capabilities, count) in [(terminal, 60 * 78), (tmux, 1)] {
      var encoder = PictureEncoder(identity: "image", protocol: .sixel, capabilities: capabilities)
      encoder.setPalette(pictures: [bitmap])
      _ = encoder.graphic(of: bitmap, in: rect)
      var changed = bitmap
      for index in 0..<3 * count { changed.pixels[index] = 255 - changed.pixels[index] }
      guard case .sequence = encoder.graphic(of: changed, in: rect).content else {
        return #expect(Bool(false), "patches for \(count) pixels")
      }
    }
  }

  @Test func reducedSixelHasFewerBytesAndItsOwnColours() throws {
    var encoder = PictureEncoder(identity: "image", protocol: .sixel, capabilities: terminal)
    let rect = Rect(x: 0, y: 0, width: 20, height: 6)
    let bitmap = TestPictures.plasma(width: 120, height: 78, seed: 4)
    func byteCount(_ quality: PictureQuality) -> Int {
      guard case .sequence(let bytes) = encoder.graphic(of: bitmap, in: rect, quality: quality).content else {
        return 0
      }
      return bytes.count
    }
    let full = byteCount(.full)
    let halved = byteCount(.halved)
    let reduced = byteCount(.reduced)
    #expect(halved < full && reduced < halved, "\(halved) of \(full)")
    #expect(reduced > 0 && reduced * 2 < full, "\(reduced) of \(full)")
    #expect(byteCount(.full) == full)
  }

  @Test func protocolFollowsTheTerminal() {
    #expect(GraphicsProtocol.best(for: terminal) == .sixel)
    #expect(GraphicsProtocol.best(for: Capabilities()) == .half)
    var colourless = terminal
    colourless.colorDepth = .monochrome
    #expect(GraphicsProtocol.best(for: colourless) == .half)
    var iterm2 = terminal
    iterm2.inlineImages = true
    #expect(GraphicsProtocol.best(for: iterm2) == .iterm2)
    iterm2.kitty = true
    #expect(GraphicsProtocol.best(for: iterm2) == .kitty)
  }
}
