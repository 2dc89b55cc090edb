import TerminalScreen
import TestSupport
import Testing
import WorkbenchCore

@Suite struct CrosshairTests {
  let pane = PixelSize(width: 500, height: 400)

  @Test func stepsAreSinglePixelsOnceEnlarged() {
    var viewport = Viewport(image: PixelSize(width: 2000, height: 1600), pane: pane)
    #expect(Crosshair.stepLength(viewport: viewport, cellHeight: 20) == 40)
    viewport.zoom(to: 1, at: PanePoint(x: 0, y: 0))
    #expect(Crosshair.stepLength(viewport: viewport, cellHeight: 20) == 1)
  }

  @Test func standsOnPixelCentresAndStaysOnThePicture() {
    let viewport = Viewport(image: PixelSize(width: 31, height: 17), pane: pane)
    var crosshair = Crosshair(centeredIn: viewport)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<400 {
      crosshair.move(
        Crosshair.Direction.allCases.randomElement(using: &generator)!, isBig: Bool.random(using: &generator),
        viewport: viewport, cellHeight: 20)
      #expect(viewport.contains(crosshair.position))
      #expect(crosshair.position.x.truncatingRemainder(dividingBy: 1) == 0.5)
      #expect(crosshair.position.y.truncatingRemainder(dividingBy: 1) == 0.5)
    }
    #expect(crosshair.isVisible)
  }

  @Test func theKeyboardReachesEveryPixelOfAnEnlargedPicture() {
    var viewport = Viewport(image: PixelSize(width: 2000, height: 1600), pane: pane)
    viewport.zoom(to: 2, at: PanePoint(x: 250, y: 200))
    var crosshair = Crosshair(centeredIn: viewport)
    let start = crosshair.position
    crosshair.move(.left, isBig: false, viewport: viewport, cellHeight: 20)
    #expect(crosshair.position == ImagePoint(x: start.x - 1, y: start.y))
  }
}
