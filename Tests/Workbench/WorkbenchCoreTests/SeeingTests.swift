import Testing
import WorkbenchCore

@Suite struct SeeingTests {
  @Test func oneKeyGoesThroughTheMaskViews() {
    var bench = Bench()
    var seen: [MaskView] = []
    for _ in 0..<5 {
      bench.run(.perform(commandID: "mask-view"))
      seen.append(bench.state.seeing.maskView)
    }
    #expect(seen == [.outline, .hidden, .difference, .matte, .fill])
  }

  @Test func confidenceNeedsAMaskAndGoesBackToFill() {
    var bench = Bench()
    bench.run(.perform(commandID: "confidence"))
    #expect(bench.state.seeing.maskView == .fill && bench.state.notice?.kind == .warning)
    bench.run(.addClick(at: ImagePoint(x: 20, y: 20), isPositive: true))
    bench.run(.perform(commandID: "confidence"))
    #expect(bench.state.seeing.maskView == .confidence)
    bench.run(.perform(commandID: "confidence"))
    #expect(bench.state.seeing.maskView == .fill)
  }

  @Test func opacityStaysBetweenATenthAndAll() {
    var bench = Bench()
    for _ in 0..<12 { bench.run(.perform(commandID: "opacity-more")) }
    #expect(bench.state.seeing.opacity == 1)
    for _ in 0..<20 { bench.run(.perform(commandID: "opacity-less")) }
    #expect(bench.state.seeing.opacity == 0.1)
  }

  @Test func theMaskBeforeTheLastChangeIsKept() {
    var bench = Bench()
    #expect(bench.state.maskBefore == nil)
    bench.run(.addClick(at: ImagePoint(x: 20, y: 20), isPositive: true))
    let first = bench.state.mask
    #expect(bench.state.maskBefore == nil && first != nil)
    bench.run(.addClick(at: ImagePoint(x: 30, y: 20), isPositive: true))
    #expect(bench.state.maskBefore == first && bench.state.mask != first)
    bench.run(.zoom(steps: 2, at: nil))
    #expect(bench.state.maskBefore == first, "looking changes nothing")
    bench.run(.stepFile(1))
    #expect(bench.state.maskBefore == nil, "another picture has no mask before")
  }

  @Test func goingToAPixelShowsItInTheView() throws {
    var bench = Bench()
    bench.run(.zoom(steps: 16, at: nil))
    bench.run(.see(.goTo(ImagePoint(x: 3.5, y: 150.5))))
    let view = try #require(bench.state.view)
    #expect(view.crosshair.position == ImagePoint(x: 3.5, y: 150.5) && view.crosshair.isVisible)
    let place = view.viewport.panePoint(of: view.crosshair.position)
    #expect((0...Double(view.viewport.pane.width)).contains(place.x))
    #expect((0...Double(view.viewport.pane.height)).contains(place.y))
  }

  @Test func theMagnifierBringsTheCrosshair() {
    var bench = Bench()
    bench.run(.perform(commandID: "magnifier"))
    #expect(bench.state.seeing.hasMagnifier && bench.state.view?.crosshair.isVisible == true)
  }
}
