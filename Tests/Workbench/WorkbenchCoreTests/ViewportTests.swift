import TerminalScreen
import TestSupport
import Testing
import WorkbenchCore

@Suite struct ViewportTests {
  static let sizes: [(image: PixelSize, pane: PixelSize)] = [
    (PixelSize(width: 512, height: 512), PixelSize(width: 530, height: 440)),
    (PixelSize(width: 4000, height: 3000), PixelSize(width: 53, height: 44)),
    (PixelSize(width: 7, height: 1), PixelSize(width: 800, height: 600)),
    (PixelSize(width: 1, height: 1), PixelSize(width: 1, height: 1)),
    (PixelSize(width: 100, height: 1000), PixelSize(width: 999, height: 333)),
  ]

  @Test(arguments: sizes)
  func fitsTheWholePictureInTheMiddle(image: PixelSize, pane: PixelSize) {
    let viewport = Viewport(image: image, pane: pane)
    let topLeft = viewport.panePoint(of: ImagePoint(x: 0, y: 0))
    let bottomRight = viewport.panePoint(of: ImagePoint(x: Double(image.width), y: Double(image.height)))
    #expect(topLeft.x > -1e-6 && topLeft.y > -1e-6)
    #expect(bottomRight.x < Double(pane.width) + 1e-6 && bottomRight.y < Double(pane.height) + 1e-6)
    #expect(abs(topLeft.x - (Double(pane.width) - bottomRight.x)) < 1e-6)
    #expect(abs(topLeft.y - (Double(pane.height) - bottomRight.y)) < 1e-6)
  }

  @Test(arguments: sizes)
  func mapsThereAndBack(image: PixelSize, pane: PixelSize) {
    var generator = SeededGenerator(seed: 7)
    var viewport = Viewport(image: image, pane: pane)
    for _ in 0..<200 {
      Self.changeAtRandom(&viewport, using: &generator)
      let point = Self.randomPoint(in: pane, using: &generator)
      let back = viewport.panePoint(of: viewport.imagePoint(at: point))
      #expect(abs(back.x - point.x) < 1e-6 && abs(back.y - point.y) < 1e-6)
    }
  }

  @Test(arguments: sizes)
  func zoomingInKeepsThePointUnderThePointer(image: PixelSize, pane: PixelSize) {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<100 {
      var viewport = Viewport(image: image, pane: pane)
      for _ in 0..<(round % 7) { Self.changeAtRandom(&viewport, using: &generator) }
      let anchor = Self.randomPoint(in: pane, using: &generator)
      let before = viewport.imagePoint(at: anchor)
      guard viewport.contains(before) else { continue }
      viewport.zoom(by: 1.25, at: anchor)
      let after = viewport.imagePoint(at: anchor)
      #expect(abs(after.x - before.x) < 1e-6 && abs(after.y - before.y) < 1e-6, "round \(round)")
    }
  }

  @Test func zoomingOutFillsThePane() {
    var viewport = Viewport(
      image: PixelSize(width: 640, height: 400), pane: PixelSize(width: 600, height: 500))
    viewport.zoom(to: 2, at: PanePoint(x: 0, y: 0))
    viewport.pan(byX: -2000, y: -2000)
    #expect(viewport.center == ImagePoint(x: 640, y: 400), "panning may leave sides empty")
    viewport.zoom(to: 1.2, at: PanePoint(x: 10, y: 10))
    #expect(viewport.center == ImagePoint(x: 640 - 600 / 1.2 / 2, y: 200))
    #expect(viewport.panePoint(of: ImagePoint(x: 640, y: 0)) == PanePoint(x: 600, y: 10))
  }

  @Test(arguments: sizes)
  func staysWithinItsBounds(image: PixelSize, pane: PixelSize) {
    var generator = SeededGenerator(seed: 13)
    var viewport = Viewport(image: image, pane: pane)
    for step in 0..<500 {
      Self.changeAtRandom(&viewport, using: &generator)
      #expect(viewport.scale >= viewport.fittingScale - 1e-9, "step \(step)")
      #expect(viewport.scale <= Viewport.maximumScale + 1e-9, "step \(step)")
      #expect((0...Double(image.width)).contains(viewport.center.x), "step \(step)")
      #expect((0...Double(image.height)).contains(viewport.center.y), "step \(step)")
    }
  }

  @Test func aFittedPictureIsFittedAgainAfterAResize() {
    let image = PixelSize(width: 640, height: 480)
    var viewport = Viewport(image: image, pane: PixelSize(width: 320, height: 480))
    viewport.resize(pane: PixelSize(width: 1280, height: 480))
    #expect(viewport == Viewport(image: image, pane: PixelSize(width: 1280, height: 480)))
  }

  @Test func anEnlargedPictureKeepsItsScaleAfterAResize() {
    var viewport = Viewport(
      image: PixelSize(width: 640, height: 480), pane: PixelSize(width: 320, height: 240))
    viewport.zoom(to: 4, at: PanePoint(x: 10, y: 20))
    let center = viewport.center
    viewport.resize(pane: PixelSize(width: 300, height: 400))
    #expect(viewport.scale == 4)
    #expect(viewport.center == center)
  }

  @Test func revealsAPointByTheSmallestMove() {
    var viewport = Viewport(
      image: PixelSize(width: 1000, height: 1000), pane: PixelSize(width: 100, height: 100))
    viewport.zoom(to: 1, at: PanePoint(x: 50, y: 50))
    viewport.reveal(ImagePoint(x: 700, y: 500), margin: 10)
    let place = viewport.panePoint(of: ImagePoint(x: 700, y: 500))
    #expect(abs(place.x - 90) < 1e-9)
    #expect(abs(place.y - 50) < 1e-9)
  }

  private static func randomPoint(in pane: PixelSize, using generator: inout SeededGenerator) -> PanePoint {
    PanePoint(
      x: Double.random(in: 0..<Double(pane.width), using: &generator),
      y: Double.random(in: 0..<Double(pane.height), using: &generator))
  }

  private static func changeAtRandom(_ viewport: inout Viewport, using generator: inout SeededGenerator) {
    let point = randomPoint(in: viewport.pane, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: viewport.pan(byX: point.x - 20, y: point.y - 30)
    case 1: viewport.zoom(by: 0.7, at: point)
    case 2: viewport.zoom(to: Double.random(in: 0.01..<60, using: &generator), at: point)
    default: viewport.zoom(by: 1.6, at: point)
    }
  }
}
