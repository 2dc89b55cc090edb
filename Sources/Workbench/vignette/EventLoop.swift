import Annotations
import TerminalGraphics
import TerminalScreen
import WorkbenchCore
import WorkbenchPanes

/// The interface thread: turns events and reports into actions, actions into states and effects, states into
/// frames. It waits for nothing but the next event; models and files are others' work, and the screen sends what
/// the terminal takes.
final class EventLoop {
  /// How long a frame may wait for the mask that is on its way, so that a click costs one frame and not two, whose making
  /// would keep the mask waiting: less than the tenth of a second that seems instantaneous (Nielsen, 1993).
  private static let patience = Duration.milliseconds(90)

  private let screen: any Screen
  private let preferences: Preferences
  private let input: EventInput
  private let mailbox: Mailbox
  private let effects: EffectRunner
  private var capabilities: Capabilities
  private var compositor: Compositor
  private var state: State
  /// When the frame with a new mask was handed over, until the terminal says that it is done with it.
  private var newMaskShown: ContinuousClock.Instant?
  private var pace = Pace()

  /// - Parameters:
  ///   - files: the images where they are known, else `folders` to find them in.
  ///   - subjects: the models that can be measured.
  ///   - profiling: how measurements begin.
  init(
    screen: any Screen, preferences: Preferences, files: FileList, folders: [String], classes: ClassList,
    model: ModelChoice, destination: MaskDestination, showsTour: Bool, subjects: [ModelArgument],
    profiling: ProfilingState
  ) {
    self.screen = screen
    self.preferences = preferences
    input = EventInput(keyMap: preferences.keyMap)
    mailbox = Mailbox(waker: screen.waker)
    effects = EffectRunner(
      mailbox: mailbox, model: model, threads: preferences.threads,
      journalFolder: destination.journalFolder, subjects: subjects)
    capabilities = screen.capabilities
    compositor = Self.makeCompositor(preferences, capabilities)
    state = State(
      files: files, folders: folders, layout: compositor.layout(of: screen.size), model: model.name,
      destination: destination,
      themes: preferences.themes, showsTour: showsTour, profiling: profiling,
      classes: classes)
  }

  private static func makeCompositor(_ preferences: Preferences, _ capabilities: Capabilities) -> Compositor {
    Compositor(
      theme: preferences.theme(for: capabilities), keyMap: preferences.keyMap,
      graphics: preferences.graphics ?? .best(for: capabilities), capabilities: capabilities)
  }

  /// Runs until the user leaves.
  func run() {
    for effect in state.initialEffects { carryOut(effect) }
    present()
    // Until when a change that is not shown yet may wait; nil when the screen shows the state.
    var deadline: ContinuousClock.Instant?
    while !state.isFinished {
      var hasChanged = false
      // The journal's report wakes the loop, and so does the screen when it is ready.
      let due =
        state.isJournaling || !screen.isReady ? nil : [deadline, pace.deadline].compactMap { $0 }.min()
      let timeout = due.map { max(.zero, $0 - .now) }
      for event in screen.nextEvents(timeout: timeout) { hasChanged = handle(event) || hasChanged }
      for action in mailbox.takeAll() {
        apply(action)
        hasChanged = true
      }
      if let rest = pace.deadline, rest <= .now { hasChanged = true }
      if hasChanged { deadline = deadline ?? .now + Self.patience }
      guard let latest = deadline, !state.isFinished else { continue }
      if !state.isJournaling, screen.isReady, !state.isSegmenting || latest <= .now {
        present()
        deadline = nil
      }
    }
  }

  /// Acts on an event; returns whether the state may have changed.
  private func handle(_ event: Event) -> Bool {
    if case .reply(.deviceStatus) = event {
      if let roundTrip = screen.statistics.roundTrip {
        pace.record(byteCount: screen.statistics.graphicsByteCount, roundTrip: roundTrip)
      }
      guard let shown = newMaskShown else { return false }
      newMaskShown = nil
      apply(.profiling(.terminalAnswered(milliseconds: (.now - shown) / .milliseconds(1))))
      return true
    }
    if case .resize(let columns, let rows) = event {
      if screen.capabilities != capabilities {
        capabilities = screen.capabilities
        compositor = Self.makeCompositor(preferences, capabilities)
      }
      apply(.resized(compositor.layout(of: ScreenSize(columns: columns, rows: rows))))
      return true
    }
    let cell = PixelSize(width: capabilities.cellWidth, height: capabilities.cellHeight)
    guard let action = input.action(for: event, in: state, cell: cell) else { return false }
    apply(action)
    return true
  }

  private func apply(_ action: Action) {
    for effect in Reducer.reduce(&state, action) { carryOut(effect) }
  }

  private func carryOut(_ effect: Effect) {
    switch effect {
    case .suspend: screen.suspend()
    case .loadTheme(let name): loadTheme(name)
    default: effects.run(effect)
    }
  }

  /// Reads a theme away from this thread.
  private func loadTheme(_ name: String) {
    let (mailbox, preferences, capabilities) = (mailbox, preferences, capabilities)
    Task.detached {
      do throws(WorkbenchError) {
        mailbox.post(.themeLoaded(try preferences.theme(named: name, for: capabilities)))
      } catch {
        mailbox.post(.themeFailed(message: "\(error)"))
      }
    }
  }

  /// Shows the state, and once the first frame with a new mask is out, also what that took.
  private func present() {
    let start = ContinuousClock.now
    let effort = pace.effort(for: state)
    let frame = compositor.frame(of: state, effort: effort)
    let composed = ContinuousClock.now - start
    screen.present(frame.cells, graphics: frame.graphics)
    pace.record(
      byteCount: screen.statistics.graphicsByteCount, effort: effort,
      isAcknowledged: capabilities.reportsStatus)
    guard let latency = state.latency, latency.frame == nil, !state.isSegmenting else { return }
    newMaskShown = .now
    let encoding = compositor.pictureEncoding
    apply(
      .drawn(
        FrameLatency(
          composite: (composed - encoding) / .milliseconds(1), encode: encoding / .milliseconds(1),
          write: screen.statistics.duration / .milliseconds(1))))
    let second = compositor.frame(of: state, effort: effort)
    screen.present(second.cells, graphics: second.graphics)
  }
}
