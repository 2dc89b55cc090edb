import Annotations
import Images
import Testing
import VisionTasks
import WorkbenchCore

@Suite struct PeopleTests {
  static let matte: PortraitMatte = {
    var mask = Mask(width: 200, height: 160)
    for index in 0..<8000 { mask.values[index] = 255 }
    return PortraitMatte(
      mask: mask,
      probabilities: ProbabilityMap(
        width: 1, height: 1, values: [1], crop: PixelRect(x: 0, y: 0, width: 200, height: 160)),
      latency: StageLatency(encode: 1, network: 2, mask: 3))
  }()

  static func faces(_ count: Int) -> People.Faces {
    let faces = (0..<count).map { index -> ParsedFace in
      let logits = [Float](
        (0..<16 * 16).flatMap { _ in FacePart.allCases.map { $0 == .skin ? Float(4) : 0 } })
      let left = Double(20 + 60 * index)
      let warp = TanhPolarWarp(left: left, top: 40, right: left + 40, bottom: 80)
      return ParsedFace(
        DetectedFace(
          box: Box(x0: left, y0: 40, x1: left + 40, y1: 80), confidence: 0.9,
          points: [DetectedFace.Point](repeating: DetectedFace.Point(x: left, y: 40), count: 5)),
        landmarks: [], warp: warp, map: Image(width: 1, height: 1, pixels: [0, 0, 0]),
        probabilities: PartProbabilities(width: 16, height: 16, logits: logits),
        in: PixelRect(x: 0, y: 0, width: 200, height: 160))
    }
    let parsing = FaceParsing(width: 200, height: 160, faces: faces)
    return People.Faces(parsing: parsing, uncertainties: parsing.uncertainties)
  }

  @Test func aPortraitIsLookedForOnceAndThenShownAndHidden() throws {
    var bench = Bench()
    let effects = Reducer.reduce(&bench.state, .people(.togglePortrait))
    guard case .findPeople(let request) = try #require(effects.first) else {
      return #expect(Bool(false), "a portrait is looked for")
    }
    #expect(request.kind == .portrait && request.path == "a.png")
    #expect(bench.state.peopleView == nil, "nothing is shown before it is found")
    bench.run(.people(.portraitFound(path: "a.png", People.Portrait(Self.matte), nil)))
    #expect(bench.state.peopleView == .portrait && bench.state.latency?.network == 2)
    bench.run(.people(.togglePortrait))
    #expect(bench.state.peopleView == nil)
    #expect(Reducer.reduce(&bench.state, .people(.togglePortrait)).isEmpty, "it is known")
    #expect(bench.state.peopleView == .portrait)
  }

  @Test func facesGoThroughTheirViews() {
    var bench = Bench()
    bench.run(
      .people(.nextFaceView), .people(.facesFound(path: "a.png", Self.faces(2))))
    #expect(bench.state.peopleView == .parts && bench.state.hasPartTable)
    let order = bench.state.layerOrder
    bench.run(.perform(commandID: "layer-order"))
    #expect(bench.state.layerOrder == order, "layers that are not listed keep their order")
    bench.run(.people(.nextFaceView))
    #expect(bench.state.peopleView == .uncertainty)
    bench.run(.people(.nextFaceView))
    #expect(bench.state.peopleView == .map && bench.state.selectedFace?.face.box.x0 == 20)
    bench.run(.people(.nextFace))
    #expect(bench.state.selectedFace?.face.box.x0 == 80)
    bench.run(.people(.nextFaceView))
    #expect(bench.state.peopleView == nil)
  }

  @Test func partsAreListedInPlaceOfObjectsOnlyWhileTheyAreShown() {
    var bench = Bench()
    bench.run(.focus(.objects), .people(.nextFaceView))
    #expect(bench.state.lower == .layers && bench.state.focus == .layers)
    bench.run(.people(.facesFound(path: "a.png", Self.faces(1))))
    for _ in 0..<3 { bench.run(.people(.nextFaceView)) }
    #expect(bench.state.peopleView == nil)
    #expect(bench.state.lower == .objects && bench.state.focus == .objects)
    bench.run(.focus(.image), .stepFile(1), .people(.nextFaceView))
    bench.run(.people(.facesFound(path: "b.png", Self.faces(0))))
    #expect(bench.state.lower == .objects && bench.state.focus == .image)
    bench.run(.stepFile(-1), .people(.nextFaceView), .people(.keepAsObjects))
    #expect(bench.state.hasObjects && bench.state.lower == .objects)
  }

  @Test func nobodyIsSaidAndNotShown() {
    var bench = Bench()
    bench.run(.people(.nextFaceView), .people(.facesFound(path: "a.png", Self.faces(0))))
    #expect(bench.state.peopleView == nil && bench.state.notice?.text == "no face found")
    let empty = PortraitMatte(
      mask: Mask(width: 200, height: 160), probabilities: Self.matte.probabilities,
      latency: Self.matte.latency)
    bench.run(
      .people(.togglePortrait), .people(.portraitFound(path: "a.png", People.Portrait(empty), nil)))
    #expect(bench.state.notice?.text == "no person found")
  }

  @Test func aFailureIsSaid() {
    var bench = Bench()
    bench.run(.people(.togglePortrait), .people(.failed(path: "a.png", message: "no weights")))
    #expect(bench.state.notice?.kind == .error && bench.state.peopleView == nil)
    #expect(!Reducer.reduce(&bench.state, .people(.togglePortrait)).isEmpty, "it may be tried again")
  }

  @Test func partsAreHiddenAndShownAlone() {
    var bench = Bench()
    bench.run(
      .people(.nextFaceView), .people(.facesFound(path: "a.png", Self.faces(1))), .focus(.layers))
    #expect(bench.state.context == .parts)
    bench.run(.moveSelection(2), .perform(commandID: "toggle-part"))
    #expect(!bench.state.people.isShown(.rightBrow) && bench.state.people.isShown(.skin))
    bench.run(.moveSelection(-99), .perform(commandID: "only-part"))
    #expect(FacePart.allCases.filter(bench.state.people.isShown) == [.skin])
    bench.run(.perform(commandID: "only-part"), .perform(commandID: "toggle-part"))
    #expect(!bench.state.people.isShown(.skin) && bench.state.people.isShown(.hair))
  }

  @Test func whatIsShownBecomesObjects() {
    var bench = Bench()
    bench.run(
      .people(.togglePortrait), .people(.portraitFound(path: "a.png", People.Portrait(Self.matte), nil)),
      .perform(commandID: "keep-people"))
    #expect(bench.state.document?.objects.map(\.className) == ["person"])
    #expect(bench.state.document?.objects[0].mask == RunLengths(Self.matte.mask))
    bench.run(
      .people(.nextFaceView), .people(.facesFound(path: "a.png", Self.faces(1))),
      .perform(commandID: "keep-people"))
    #expect(bench.state.document?.objects.map(\.className) == ["person", "skin"])
    bench.run(.undo)
    #expect(bench.state.document?.objects.count == 1)
  }

  @Test func resultsOfAnotherPictureStayThere() {
    var bench = Bench()
    bench.run(.people(.togglePortrait), .stepFile(1))
    bench.run(.people(.portraitFound(path: "a.png", People.Portrait(Self.matte), nil)))
    #expect(bench.state.peopleView == nil && bench.state.latency == nil)
    bench.run(.stepFile(-1))
    #expect(bench.state.peopleView == .portrait)
  }
}
