import Foundation
import TerminalScreen
import TerminalWidgets
import VisionTasks
import WorkbenchCore

/// One row of facts: the image, the zoom, the prompts and the model at the left; where the time of the last mask
/// went at the right.
struct StatusPane {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    cells.fill(state.layout.status, with: Cell(style: theme.style(.text)))
    let row = state.layout.status.inset(horizontally: 1, vertically: 0)
    let essential = essential(state)
    StatusLine(left: essential + rest(state), right: right(state), essentialCount: essential.count).render(
      into: &cells, row, style: theme.style(.text))
  }

  /// The image, the zoom, and what a click or a drag does.
  private func essential(_ state: State) -> [StatusLine.Segment] {
    guard let view = state.view else { return [] }
    let size = view.viewport.image
    var segments = [
      segment("\(size.width)×\(size.height)"), segment(Self.percent(view.viewport.scale), .dim),
    ]
    if state.tool != .click { segments.append(segment(Self.tool(state), .accent)) }
    if let name = className(state) { segments.append(segment(name)) }
    if state.tool == .click {
      segments.append(segment(Self.prompts(state.document?.prompts ?? ClickPrompts())))
    }
    return segments
  }

  /// What there is besides; the words about the crosshair change most and come last.
  private func rest(_ state: State) -> [StatusLine.Segment] {
    var segments: [StatusLine.Segment] = []
    if let reading = state.document?.segmentation.flatMap(Self.reading) { segments.append(segment(reading)) }
    if let model = model(state) { segments.append(model) }
    if let transfer = state.transfer { segments.append(segment(transfer.text, .accent)) }
    if let view = state.view, !state.layout.hasSide || row(state) > 120 {
      segments.append(segment((view.path as NSString).lastPathComponent, .dim))
    }
    if let readout = PixelReadout.text(state) { segments.append(segment(readout)) }
    return segments
  }

  private func row(_ state: State) -> Int { state.layout.status.width }

  /// What is being waited for, else the name of the network that clicks ask.
  private func model(_ state: State) -> StatusLine.Segment? {
    if state.loadingPath != nil { return segment("opening…", .accent) }
    if state.model.failure != nil { return segment("no model", .error) }
    if let running = state.people.running {
      return segment(running.kind == .portrait ? "portrait …" : "faces …", .accent)
    }
    if state.isSegmenting { return segment("\(state.model.name) …", .accent) }
    return state.tool == .click ? segment(state.model.name, .dim) : nil
  }

  private func right(_ state: State) -> [StatusLine.Segment] {
    guard let latency = state.latency else { return [] }
    // The slowest stage stands out, and the sum says by its colour whether it keeps to the budget.
    let slowest = latency.summary.max { $0.milliseconds < $1.milliseconds }?.name
    return latency.summary.map { stage in
      segment(
        "\(stage.name) \(Self.milliseconds(stage.milliseconds))",
        stage.name == slowest ? .text : .dim)
    } + [
      segment("\(Self.milliseconds(latency.total)) ms", latency.isWithinBudget ? .positive : .negative)
    ]
  }

  private func segment(_ text: String, _ role: Theme.Role = .text) -> StatusLine.Segment {
    StatusLine.Segment(text, style: theme.style(role))
  }

  /// `brush 12`.
  private static func tool(_ state: State) -> String {
    state.tool.rawValue + (state.tool.isBrush ? " \(state.brushSize)" : "")
  }

  /// The class of the selected object, or of the next one.
  private func className(_ state: State) -> String? {
    let selected = state.document?.selected
    let name = selected == nil ? state.classOfNew.map { "next \($0)" } : selected?.className
    return name.map { TextFitting.shortened($0, columns: 20) }
  }

  /// `+2 −1 box`: positive and negative clicks and whether there is a box.
  static func prompts(_ prompts: ClickPrompts) -> String {
    let positive = prompts.clicks.count { $0.isPositive }
    return "+\(positive) −\(prompts.clicks.count - positive)" + (prompts.box == nil ? "" : " box")
  }

  /// `mask 2 of 3, IoU 0.87`: which of several answers is shown and how good the network thinks it is.
  static func reading(_ segmentation: Segmentation) -> String? {
    let count = segmentation.readingCount
    guard count > 1 else { return nil }
    let number = segmentation.prompts.reading % count + 1
    return "mask \(number) of \(count), IoU \(String(format: "%.2f", segmentation.predictedIoU))"
  }

  static func percent(_ scale: Double) -> String { "\(Int((scale * 100).rounded()))%" }

  static func milliseconds(_ value: Double) -> String {
    value < 10 ? String(format: "%.1f", value) : String(format: "%.0f", value)
  }
}
