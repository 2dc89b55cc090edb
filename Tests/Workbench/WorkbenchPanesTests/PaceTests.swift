import TerminalScreen
import Testing
import WorkbenchCore
import WorkbenchPanes

@Suite struct PaceTests {
  private let start = ContinuousClock.now

  private func scene() throws -> Scene {
    var scene = try Scene(columns: 80, rows: 24)
    scene.run([.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)])
    return scene
  }

  @Test func aViewAtRestIsShownInFull() throws {
    var pace = Pace()
    let scene = try scene()
    #expect(pace.effort(for: scene.state, now: start) == .full)
    #expect(pace.effort(for: scene.state, now: start) == .full && pace.deadline == nil)
  }

  @Test func movingCostsLittleAndIsFinishedAtRest() throws {
    var pace = Pace()
    var scene = try scene()
    _ = pace.effort(for: scene.state, now: start)
    scene.run([.zoom(steps: 2, at: nil)])
    #expect(pace.effort(for: scene.state, now: start) == .moving)
    let deadline = try #require(pace.deadline)
    scene.run([.zoom(steps: 2, at: nil)])
    let later = start + .milliseconds(100)
    #expect(pace.effort(for: scene.state, now: later) == .moving)
    let newDeadline = try #require(pace.deadline)
    #expect(newDeadline > deadline)
    #expect(pace.effort(for: scene.state, now: newDeadline) == .full && pace.deadline == nil)
  }

  @Test func aSlowLinkDropsColoursAndScaleWhileTheViewMoves() throws {
    var pace = Pace()
    var scene = try scene()
    pace.record(byteCount: 600_000, effort: pace.effort(for: scene.state, now: start))
    pace.record(byteCount: 600_000, roundTrip: .seconds(2))
    scene.run([.zoom(steps: 2, at: nil)])
    #expect(pace.effort(for: scene.state, now: start) == .hurried)
    let deadline = try #require(pace.deadline)
    #expect(pace.effort(for: scene.state, now: deadline) == .full)
  }

  /// A moved mark may cost little, and only where it does not is it hurried.
  @Test func aMarkOnASlowLinkIsShownInFullWhereThatTakesFewBytes() throws {
    var pace = Pace()
    var scene = try scene()
    pace.record(byteCount: 600_000, effort: pace.effort(for: scene.state, now: start))
    pace.record(byteCount: 600_000, roundTrip: .seconds(2))
    for byteCount in [5_000, 600_000] {
      scene.run([.moveCrosshair(.left, isBig: false)])
      let effort = pace.effort(for: scene.state, now: start)
      #expect(effort == .full && pace.deadline == nil)
      pace.record(byteCount: byteCount, effort: effort)
    }
    scene.run([.moveCrosshair(.left, isBig: false)])
    let hurried = pace.effort(for: scene.state, now: start)
    #expect(hurried == .hurried)
    pace.record(byteCount: 200_000, effort: hurried)
    let deadline = try #require(pace.deadline)
    #expect(pace.effort(for: scene.state, now: deadline) == .full)
    scene.run([.moveCrosshair(.left, isBig: false)])
    #expect(pace.effort(for: scene.state, now: deadline) == .full, "tried again")
  }

  @Test func whatIsOnItsWayDoesNotRest() throws {
    var pace = Pace()
    var scene = try scene()
    _ = pace.effort(for: scene.state, now: start)
    scene.run([.zoom(steps: 2, at: nil)])
    pace.record(
      byteCount: 50_000, effort: pace.effort(for: scene.state, now: start), isAcknowledged: true)
    #expect(pace.deadline == nil)
    let shown = start + .seconds(3)
    pace.record(byteCount: 50_000, roundTrip: .seconds(3), now: shown)
    let deadline = try #require(pace.deadline)
    #expect(deadline > shown && pace.effort(for: scene.state, now: deadline) == .full)
  }
}
