/// The real terminal.
///
/// Text goes through ncurses; graphics follow it in one write. The terminal is restored by `close`, at exit, by
/// ending signals and by crashes. One screen can be open in a process at a time, used by one thread.
public final class NcursesScreen: Screen {
  private let device: TerminalDevice
  private let text: NcursesText
  private let wakePipe = WakePipe()
  private var probe: CapabilityProbe
  private var decoder = InputDecoder()
  private var composer: FrameComposer
  /// When the unfinished input becomes final.
  private var inputDeadline: ContinuousClock.Instant?
  private var queue: [Event] = []
  private var frame: (cells: CellBuffer, graphics: [Graphic])?
  private var output: ArraySlice<UInt8> = []
  private var frameStart = ContinuousClock.now
  private var frameIsWaiting = false
  /// Until when the terminal's word on the last frame is waited for before another is sent; nil when no frame is
  /// on its way.
  private var frameDeadline: ContinuousClock.Instant?
  /// When pictures that have patches over them are to be drawn whole; nil for never.
  private var repaintTime: ContinuousClock.Instant?
  /// Whether the user has come back to the window, which may just have been uncovered.
  private var isComingBack = false
  /// What the terminal took for each byte of the last large frame.
  private var secondsPerByte = 0.0
  private var isClosed = false

  public private(set) var size: ScreenSize
  public private(set) var capabilities: Capabilities
  public private(set) var statistics = FrameStatistics()

  public var waker: Waker { Waker { [wakePipe] in wakePipe.send(.wake) } }

  /// Takes over a terminal and finds out what it can do.
  ///
  /// - Parameters:
  ///   - path: The terminal device.
  ///   - environment: The variables of the process; `TERM` names the terminal type.
  public init(path: String = "/dev/tty", environment: [String: String]) throws(ScreenError) {
    device = try TerminalDevice(path: path)
    probe = CapabilityProbe(environment: environment)
    device.setRaw()
    let early = Self.ask(probe.queries, device: device, wakePipe: wakePipe, probe: &probe, decoder: &decoder)
    queue = early.filter { if case .reply = $0 { false } else { true } }
    let window = device.windowSize
    size = window.cells
    capabilities = probe.capabilities(size: window.cells, window: window.pixels)
    let signalActions = SignalHandlers.currentActions()
    do {
      text = try Self.openText(device: device, capabilities: capabilities)
    } catch {
      device.restoreSettings()
      throw error
    }
    composer = FrameComposer(textDepth: text.depth)
    if forgetsPictures { text.writeBlanks() }
    SignalHandlers.install(
      terminal: device.descriptor, settings: device.savedSettings,
      resetBytes: ModeSequences.abort + ModeSequences.leave + text.resetBytes, pipe: wakePipe,
      previous: signalActions)
    enterModes()
  }

  deinit { close() }

  /// Opens ncurses for the terminal's type: for its variant with 256 colours when the terminal shows as many, and
  /// as xterm when the type is unknown here but the terminal answers.
  private static func openText(
    device: TerminalDevice, capabilities: Capabilities
  ) throws(ScreenError) -> NcursesText {
    let type = capabilities.terminalType
    var types = [type]
    if capabilities.colorDepth >= .palette256, !type.isEmpty, !type.contains("-") {
      types.insert(type + "-256color", at: 0)
    }
    if capabilities.answered { types.append("xterm-256color") }
    for type in types {
      do {
        return try NcursesText(
          terminalType: type, descriptor: device.descriptor, depth: capabilities.colorDepth)
      } catch ScreenError.unknownTerminalType {
        continue
      }
    }
    throw ScreenError.unknownTerminalType(type)
  }

  // MARK: Frames

  /// How long a terminal may be silent on a frame before the next one is sent all the same.
  private static let patience = Duration.seconds(10)

  public func present(_ cells: CellBuffer, graphics: [Graphic]) {
    guard !isClosed else { return }
    frame = (cells, graphics)
    flush()
    frameIsWaiting = true
    drawIfReady()
  }

  public func redraw() {
    guard !isClosed else { return }
    composer.forget()
    text.forget()
    if let frame { present(frame.cells, graphics: frame.graphics) }
  }

  public var isReady: Bool { output.isEmpty && frameDeadline == nil }

  /// Shows the newest frame once the terminal has taken and shown the one before, so that what is shown never lags
  /// more than one frame behind.
  private func drawIfReady() {
    if let limit = frameDeadline, limit <= .now { frameDeadline = nil }
    guard isReady else { return }
    if frameIsWaiting {
      draw()
    } else if let time = repaintTime, time <= .now {
      repaint()
    }
  }

  private func draw() {
    guard let frame else { return }
    frameIsWaiting = false
    statistics.roundTrip = nil
    frameStart = .now
    var cells = CellBuffer(width: size.columns, height: size.rows)
    cells.copy(frame.cells, x: 0, y: 0)
    let composed = composer.compose(cells, graphics: frame.graphics, depth: capabilities.colorDepth)
    // Without the terminal's promise to show the frame at once, text before graphics flickers least.
    let isSynchronized =
      capabilities.synchronizedOutput
      && device.write(ModeSequences.beginFrame[...]) == ModeSequences.beginFrame.count
    text.draw(composed.text)
    repaintTime = composer.needsRepaint && forgetsPictures ? .now + Self.restTime : nil
    send(graphics: composed.graphics, trailer: isSynchronized ? ModeSequences.endFrame : [])
  }

  /// Hands over the graphics of a frame, and asks the terminal to say when they are shown.
  private func send(graphics: [UInt8], trailer: [UInt8] = []) {
    statistics.graphicsByteCount = graphics.count
    let asks = capabilities.reportsStatus && !graphics.isEmpty
    output = (graphics + trailer + (asks ? ModeSequences.statusQuery : []))[...]
    if asks { frameDeadline = .now + Self.patience }
    flush()
    statistics.duration = .now - frameStart
  }

  // MARK: Repainting

  /// After this long without a frame there is time to draw patched pictures whole.
  private static let restTime = Duration.seconds(1)
  /// What may be spent on that, in seconds.
  private static let repaintLimit = 0.25
  /// Frames of fewer bytes do not say how fast the terminal is.
  private static let largeFrame = 65_536

  /// Whether the terminal keeps only its last pictures, as xterm does for a window that is uncovered.
  private var forgetsPictures: Bool { capabilities.terminalName?.hasPrefix("XTerm") == true }

  /// Has the terminal remember the pictures that it shows, unless that would keep the next frame waiting.
  private func repaint() {
    repaintTime = nil
    var repainted = composer
    let bytes = repainted.repaint(depth: capabilities.colorDepth)
    guard isComingBack || Double(bytes.count) * secondsPerByte < Self.repaintLimit else { return }
    isComingBack = false
    composer = repainted
    statistics.roundTrip = nil
    frameStart = .now
    send(graphics: bytes)
  }

  /// Hands the terminal what it takes; the rest waits for `nextEvents`.
  private func flush() {
    guard !output.isEmpty else { return }
    output = output.dropFirst(device.write(output))
    guard output.isEmpty else { return }
    statistics.duration = .now - frameStart
    if frameDeadline != nil { frameDeadline = .now + Self.patience }
  }

  // MARK: Events

  public func nextEvents(timeout: Duration?) -> [Event] {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    let wasReady = isReady
    while !isClosed {
      if !queue.isEmpty {
        defer { queue.removeAll() }
        return queue
      }
      if isReady, !wasReady { return [] }
      let now = ContinuousClock.now
      let wake = [deadline, inputDeadline, frameDeadline, isReady ? repaintTime : nil].compactMap { $0 }.min()
      let ready = device.wait(
        wakePipe: wakePipe.readEnd, forWriting: !output.isEmpty, timeout: wake.map { max($0 - now, .zero) })
      if ready.isGone { hangUp() }
      if ready.canWrite { flush() }
      if ready.canRead {
        guard let bytes = device.read() else { hangUp() }
        take(decoder.decode(bytes))
        inputDeadline = decoder.pendingTimeout.map { .now + $0 }
      } else if let limit = inputDeadline, limit <= .now {
        inputDeadline = nil
        take(decoder.flush())
      }
      drawIfReady()
      if ready.wasWoken, handle(wakePipe.receive()), queue.isEmpty { return [] }
      if let deadline, deadline <= .now, queue.isEmpty { return [] }
    }
    return []
  }

  /// Queues events; answers to the probe change the capabilities instead.
  private func take(_ events: [Event]) {
    for event in events {
      guard case .reply(let reply) = event else {
        queue.append(event)
        if event == .focus(true), forgetsPictures, composer.needsRepaint {
          isComingBack = true
          repaintTime = .now
        }
        continue
      }
      if case .deviceStatus = reply, frameDeadline != nil {
        frameDeadline = nil
        let roundTrip = ContinuousClock.now - frameStart
        statistics.roundTrip = roundTrip
        if statistics.graphicsByteCount >= Self.largeFrame {
          secondsPerByte = roundTrip / .seconds(1) / Double(statistics.graphicsByteCount)
        }
        queue.append(event)
      }
      probe.receive(reply)
      guard probe.isComplete else { continue }
      let window = device.windowSize
      let found = probe.capabilities(size: window.cells, window: window.pixels)
      guard found != capabilities else { continue }
      capabilities = found
      if forgetsPictures { text.writeBlanks() }
      enterModes()
      queue.append(.resize(columns: size.columns, rows: size.rows))
    }
  }

  /// Acts on what signal handlers and other threads reported; returns whether another thread called.
  private func handle(_ signals: Set<WakePipe.Signal>) -> Bool {
    if signals.contains(.stop) { suspend() }
    if signals.contains(.proceed) {
      text.leave()
      comeBack()
    }
    if signals.contains(.resize) { followWindow() }
    return signals.contains(.wake)
  }

  /// Takes the terminal's new size and asks for the size of its cells.
  private func followWindow() {
    // An image half sent would swallow the questions.
    finishOutput()
    frameDeadline = nil
    let early = Self.ask(
      probe.beginResize(), device: device, wakePipe: wakePipe, probe: &probe, decoder: &decoder)
    let window = device.windowSize
    size = window.cells
    capabilities = probe.capabilities(size: window.cells, window: window.pixels)
    decoder.pixelMouseCell = pixelMouseCell
    text.resize(to: size)
    composer.forget()
    queue += early.filter { if case .reply = $0 { false } else { true } }
    queue.append(.resize(columns: size.columns, rows: size.rows))
  }

  /// Writes questions and reads to the last answer or the end of the probe's patience.
  ///
  /// - Returns: All events read meanwhile; replies are given to the probe too.
  private static func ask(
    _ queries: [UInt8], device: TerminalDevice, wakePipe: WakePipe, probe: inout CapabilityProbe,
    decoder: inout InputDecoder
  ) -> [Event] {
    guard !queries.isEmpty else { return [] }
    let deadline = ContinuousClock.now + probe.timeout
    device.writeAll(queries, timeout: probe.timeout)
    var events: [Event] = []
    while !probe.isComplete {
      let remaining = deadline - .now
      guard remaining > .zero else { break }
      let ready = device.wait(wakePipe: -1, forWriting: false, timeout: remaining)
      if ready.isGone { break }
      guard ready.canRead else { continue }
      guard let bytes = device.read() else { break }
      let decoded = decoder.decode(bytes)
      for case .reply(let reply) in decoded { probe.receive(reply) }
      events += decoded
    }
    return events
  }

  /// Ends the program as the kernel does when a terminal goes away.
  private func hangUp() -> Never { SignalHandlers.endByHangUp() }

  // MARK: Modes

  private var pixelMouseCell: PixelSize? {
    capabilities.pixelMouse ? PixelSize(width: capabilities.cellWidth, height: capabilities.cellHeight) : nil
  }

  private func enterModes() {
    decoder.pixelMouseCell = pixelMouseCell
    device.writeAll(ModeSequences.enter(pixelMouse: capabilities.pixelMouse), timeout: .seconds(1))
  }

  private func leaveModes() {
    finishOutput()
    frameDeadline = nil
    device.writeAll(composer.removal + ModeSequences.leave, timeout: .seconds(1))
    text.leave()
    device.restoreSettings()
  }

  /// Sends the rest of an unfinished image, or breaks it off when the terminal does not take it.
  private func finishOutput() {
    guard !output.isEmpty else { return }
    device.writeAll(Array(output), timeout: .milliseconds(500))
    output = []
    device.writeAll(ModeSequences.abort, timeout: .milliseconds(100))
  }

  public func suspend() {
    guard !isClosed else { return }
    leaveModes()
    SignalHandlers.stopProcessGroup()
    // The continuation is dealt with here; only a call from another thread is still news.
    if wakePipe.receive().contains(.wake) { wakePipe.send(.wake) }
    comeBack()
    if device.windowSize.cells != size { followWindow() }
  }

  /// Takes the terminal back from the shell and shows the last frame.
  private func comeBack() {
    device.setRaw()
    text.enter()
    enterModes()
    composer.forget()
    if let frame { present(frame.cells, graphics: frame.graphics) }
  }

  public func close() {
    guard !isClosed else { return }
    isClosed = true
    finishOutput()
    device.writeAll(composer.removal + ModeSequences.leave, timeout: .seconds(1))
    text.close()
    device.restoreSettings()
    SignalHandlers.remove()
  }
}
