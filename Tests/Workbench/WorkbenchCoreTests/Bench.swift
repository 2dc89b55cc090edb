import Annotations
import Images
import TerminalScreen
import VisionTasks
import WorkbenchCore

/// A workbench without a screen: carries out effects at once, with a made-up model.
struct Bench {
  static let cell = PixelSize(width: 10, height: 20)
  static let layout = Layout(screen: ScreenSize(columns: 100, rows: 40), cell: cell)

  var state: State
  /// What every file shows.
  private let shownPicture: Image
  /// How many answers a lone first click has.
  var readingCount = 1
  /// Effects that `run` leaves alone, in order.
  var held: [Effect] = []
  /// Whether masks are computed at once or their requests are held.
  var answersMasks = true
  /// Paths that exist for the sake of saving.
  var existingPaths: Set<String> = []
  var savedPaths: [String] = []
  var segmentedPrompts: [ClickPrompts] = []
  var canWriteJournals = true
  /// What was kept about images, in order.
  var records: [RecordRequest] = []
  /// What was written into journals, by the path of their image.
  var journals: [String: [JournalEntry]] = [:]

  /// A bench with pictures `a.png`, `b.png`, … of 200 by 160 pixels, the first of them open.
  init(
    fileCount: Int = 3, classes: ClassList = ClassList(), picture: Image = Self.picture,
    subjects: [String] = []
  ) {
    shownPicture = picture
    let names = (0..<fileCount).map { "\(Character(UnicodeScalar(97 + UInt8($0)))).png" }
    state = State(
      files: FileList(paths: names), layout: Self.layout, model: "test",
      themes: ["dark", "light"], profiling: ProfilingState(subjects: subjects), classes: classes)
    let effects = state.initialEffects
    for effect in effects { carryOut(effect) }
  }

  mutating func run(_ actions: Action...) { for action in actions { run(action) } }

  mutating func run(_ action: Action) {
    for effect in Reducer.reduce(&state, action) { carryOut(effect) }
  }

  /// Carries out the requests that were held.
  mutating func answerHeld() {
    let effects = held
    held = []
    for effect in effects {
      guard case .segment(let request) = effect else { continue }
      answer(request)
    }
  }

  mutating func carryOut(_ effect: Effect) {
    switch effect {
    case .loadPicture(let path): run(.pictureLoaded(path: path, shownPicture))
    case .segment(let request):
      if answersMasks { answer(request) } else { held.append(effect) }
    case .save(let request):
      if existingPaths.contains(request.path), !request.mayOverwrite {
        run(.saveWouldOverwrite(request))
      } else {
        existingPaths.insert(request.path)
        savedPaths.append(request.path)
        run(.saved(request))
      }
    case .operate(let request):
      run(.operated(request, request.operation.apply(to: request.mask, of: request.image)))
    case .journal(let request) where !canWriteJournals:
      run(.journalFailed(request, message: "the disk is full"))
    case .journal(let request):
      journals[request.path, default: []] += request.entries
      run(.journaled(request))
    case .record(let request):
      records.append(request)
      run(.project(.recorded(request)))
    case .openProject, .makeThumbnails: break
    case .warmUp, .findPeople, .propose, .loadTheme, .suspend, .profiling, .transfer, .listFolder:
      held.append(effect)
    }
  }

  private mutating func answer(_ request: SegmentRequest) {
    for question in request.chains.flatMap(\.questions) {
      segmentedPrompts.append(question.prompts)
      let segmentation = Self.segmentation(question.prompts)
      run(
        .segmented(
          SegmentReport(
            generation: request.generation, path: request.path, question: question,
            answer: Document.Answer(
              mask: RunLengths(segmentation.mask), predictedIoU: 0.9, readingCount: readingCount),
            segmentation: segmentation)))
    }
  }

  static let picture = Image(width: 200, height: 160, pixels: [UInt8](repeating: 90, count: 200 * 160 * 3))

  /// A mask whose area tells the prompts apart: as many pixels as there are clicks, and 100 for a box.
  static func segmentation(_ prompts: ClickPrompts) -> Segmentation {
    var mask = Mask(width: 200, height: 160)
    let area = prompts.clicks.count + (prompts.box == nil ? 0 : 100)
    for index in 0..<area { mask.values[index] = 255 }
    let probabilities = ProbabilityMap(
      width: 1, height: 1, values: [0], crop: PixelRect(x: 0, y: 0, width: 200, height: 160))
    return Segmentation(
      mask: CroppedMask(mask), probabilities: probabilities, predictedIoU: 0.9,
      latency: StageLatency(encode: 1, network: 20, mask: 2))
  }

  /// The pane's point of an image point, for the mouse.
  func pane(_ x: Double, _ y: Double) -> PanePoint {
    state.view!.viewport.panePoint(of: ImagePoint(x: x, y: y))
  }
}
