import Annotations
import Foundation
import Images
import TerminalGraphics
import TerminalScreen
import VisionTasks
import WorkbenchCore
import WorkbenchPanes

/// A workbench on a headless screen with a made-up model, to look at its frames.
struct Scene {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  var state: State
  var compositor: Compositor
  let screen: HeadlessScreen
  private var layers = Self.layers
  /// Benchmarks that were asked for.
  private(set) var benchmarks = 0

  init(
    columns: Int, rows: Int, graphics: GraphicsProtocol = .sixel, theme: String = "dark",
    files: [String] = ["samples/astronaut.jpg", "samples/cat.png", "samples/coffee.jpg"],
    classes: ClassList = ClassList()
  ) throws {
    var capabilities = Capabilities()
    capabilities.sixel = graphics == .sixel
    capabilities.colorDepth = .trueColor
    let theme = try Theme.named(theme, in: [Self.root.appendingPathComponent("Themes").path])
    compositor = Compositor(
      theme: theme, keyMap: KeyMap(), graphics: graphics, capabilities: capabilities)
    screen = HeadlessScreen(columns: columns, rows: rows, capabilities: capabilities)
    state = State(
      files: FileList(paths: files), layout: compositor.layout(of: screen.size), model: "squeezesam-lite",
      themes: ["dark", "high-contrast", "light", "sixteen"],
      profiling: ProfilingState(subjects: ["models/mobilenet_v2.onnx"], threads: 2),
      classes: classes)
  }

  /// Applies actions; masks are asked for in vain unless `mask` is given.
  mutating func run(_ actions: [Action], mask: Mask? = nil) {
    for action in actions {
      for effect in Reducer.reduce(&state, action) {
        if case .profiling(.benchmark(let request)) = effect { benchmarks = request.generation }
        guard case .segment(let request) = effect, let mask else { continue }
        for question in request.chains.flatMap(\.questions) { answer(request, question, mask: mask) }
      }
    }
  }

  /// Shows the layers of a network as if a click had run it.
  mutating func show(_ layers: LayerTable) {
    self.layers = layers
    run([.addClick(at: ImagePoint(x: 210, y: 160), isPositive: true)], mask: Self.mask)
  }

  private mutating func answer(_ request: SegmentRequest, _ question: Document.Question, mask: Mask) {
    let probabilities = ProbabilityMap(
      width: 1, height: 1, values: [1], crop: PixelRect(x: 0, y: 0, width: mask.width, height: mask.height))
    let segmentation = Segmentation(
      mask: CroppedMask(mask), probabilities: probabilities, predictedIoU: 0.93,
      latency: StageLatency(encode: 2.14, network: 21.3, mask: 1.62))
    let report = SegmentReport(
      generation: request.generation, path: request.path, question: question,
      answer: Document.Answer(mask: RunLengths(mask), predictedIoU: 0.93), segmentation: segmentation,
      layers: layers)
    run([.segmented(report)])
  }

  /// Presents the state and returns the frame as seen.
  mutating func frame() throws -> HeadlessScreen.Frame {
    let frame = compositor.frame(of: state)
    screen.present(frame.cells, graphics: frame.graphics)
    return screen.frames[screen.frames.count - 1]
  }

  static let layers: LayerTable = {
    var steps: [LayerTable.Step] = []
    for index in 0..<30 {
      steps.append(
        LayerTable.Step(
          "encoder.stages.\(index / 5).\(index % 5)", milliseconds: 0.11 + Double(index * 7 % 13) * 0.09,
          type: index % 3 == 0 ? "Convolution" : "Linear", kernel: "f32_gemm_6x16_avx2", shape: "1x64x40x40",
          multiplyAdds: 12_300_000, bytes: 1024 * (400 + index)))
    }
    steps.append(
      LayerTable.Step(
        "trunk.mask", milliseconds: 2.345, type: "Convolution", kernel: "f32_igemm_12x32_avx512",
        shape: "1x3x160x160", multiplyAdds: 11_059_200, bytes: 1_946_000))
    return LayerTable(steps: steps, milliseconds: 22.4)
  }()

  /// A picture of 640 by 480 that is dark at the left and bright at the right.
  static let picture: Image = {
    var pixels: [UInt8] = []
    for _ in 0..<480 { for x in 0..<640 { pixels += [UInt8(x / 3), 60, 80] } }
    return Image(width: 640, height: 480, pixels: pixels)
  }()

  /// The rectangle from (160, 120) to (320, 240) of that picture.
  static let mask: Mask = {
    var mask = Mask(width: 640, height: 480)
    for y in 120..<240 { for x in 160..<320 { mask.values[y * 640 + x] = 255 } }
    return mask
  }()
}
