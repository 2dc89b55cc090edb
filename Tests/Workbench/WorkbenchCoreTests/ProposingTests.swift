import Testing
import VisionTasks
import WorkbenchCore

@Suite struct ProposingTests {
  static let clicks = [Click(x: 50, y: 60), Click(x: 90, y: 60)]

  /// Whether the bench was asked to find what stands out in a picture.
  static func asks(_ bench: Bench, for path: String) -> Bool {
    bench.held.contains { if case .propose(path, _) = $0 { true } else { false } }
  }

  @Test func aProposalIsOneStep() {
    var bench = Bench()
    bench.run(.perform(commandID: "propose"))
    #expect(Self.asks(bench, for: "a.png"))
    bench.run(.proposed(path: "a.png", Self.clicks))
    #expect(bench.state.document?.prompts.clicks == Self.clicks)
    #expect(bench.state.mask?.area == 2)
    bench.run(.perform(commandID: "undo"))
    #expect(!bench.state.hasPrompts && bench.state.mask == nil)
  }

  @Test func theUsersClicksAreKept() {
    var bench = Bench()
    bench.run(.perform(commandID: "propose"), .addClick(at: ImagePoint(x: 20, y: 20), isPositive: true))
    bench.run(.proposed(path: "a.png", Self.clicks))
    #expect(bench.state.document?.prompts.clicks == [Click(x: 20, y: 20)])
    bench.held = []
    bench.run(.perform(commandID: "propose"))
    #expect(!Self.asks(bench, for: "a.png") && bench.state.notice?.kind == .warning)
  }

  @Test func aProposalForAnotherPictureIsDropped() {
    var bench = Bench()
    bench.run(.perform(commandID: "propose"), .perform(commandID: "next"))
    bench.run(.proposed(path: "a.png", Self.clicks))
    #expect(!bench.state.hasPrompts)
  }

  @Test func nothingAndFailuresAreSaid() {
    var bench = Bench()
    bench.run(.proposed(path: "a.png", []))
    #expect(bench.state.notice?.kind == .information && !bench.state.hasPrompts)
    bench.run(.proposalFailed(path: "a.png", message: "no weights"))
    #expect(bench.state.notice?.kind == .error && bench.state.notice?.text == "no weights")
  }
}
