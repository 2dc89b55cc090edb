import Annotations
import Images
import Profiling
import TerminalScreen
import VisionTasks

/// Everything the workbench knows; what the screen shows is a function of this.
public struct State: Sendable {
  public internal(set) var layout: Layout
  public internal(set) var files: FileList
  /// The images as a piece of work.
  public internal(set) var project: Project
  /// Files and folders that the images are to be found in.
  let sources: [String]
  /// The open picture; stays while the next one loads.
  public internal(set) var view: PictureView?
  /// Path of the picture that is being loaded.
  public internal(set) var loadingPath: String?
  /// Why the current file shows no picture.
  public internal(set) var failure: String?
  /// The documents of all pictures opened so far, by path.
  public internal(set) var documents: [String: Document] = [:]

  /// The pane that has the keyboard.
  public internal(set) var focus = Pane.image
  /// The one of the panes in the lower right that is shown.
  public internal(set) var lower = Pane.layers
  /// Small pictures of the files in sight.
  public internal(set) var thumbnails = Thumbnails()
  /// The selected place of the files pane's list.
  public internal(set) var selectedFile: Int
  /// The selected line of the layers pane.
  public internal(set) var selectedLayer = 0
  /// The selected step of the history; nil for the current one.
  public internal(set) var selectedStep: Int?
  public internal(set) var layerOrder = LayerTable.Order.slowestFirst
  /// The help or the palette; nil while both are closed.
  public internal(set) var finder: Finder?
  /// The step of the tour; nil when it is over.
  public internal(set) var tourStep: Int?
  /// The theme that the user changed to; nil for the one of the start.
  public internal(set) var theme: Theme?
  /// The names of all themes.
  public let themes: [String]
  /// What the user must answer before anything else.
  public internal(set) var question: Question?
  /// What there is to say about the last action.
  public internal(set) var notice: Notice?

  /// How the mask and the picture are looked at.
  public internal(set) var seeing = Seeing()
  /// What portrait and face networks found.
  public internal(set) var people = People()
  /// The mask before its last change; nil when there was none.
  public internal(set) var maskBefore: RunLengths?

  public internal(set) var drag: Drag?
  /// What mouse and Enter do on the picture.
  public internal(set) var tool = DrawingTool.click
  /// The thickness of the brush, in pixels.
  public internal(set) var brushSize = 12
  /// The shape that is being drawn.
  public internal(set) var sketch: Sketch?
  /// The class of objects that are made from here on.
  public internal(set) var classOfNew: String?
  /// An object on its way to the next image.
  var carried: AnnotatedObject?
  /// The first corner of a box made with the keyboard.
  public internal(set) var boxCorner: ImagePoint?

  public internal(set) var model: ModelStatus
  /// Counts requests to the model; a result of an older one is not shown.
  public internal(set) var generation = 0
  /// Whether the newest request is still running.
  public internal(set) var isSegmenting = false
  /// Times of the last mask; nil before the first.
  public internal(set) var latency: LatencySplit?
  /// The network's steps in its last run.
  public internal(set) var layers: LayerTable?
  /// The times of the layers in the runs so far.
  public internal(set) var layerHistory = LayerHistory()

  /// Measurements and how they are looked at.
  public internal(set) var profiling: ProfilingState

  /// Where masks go.
  public let destination: MaskDestination
  /// The export or import that is running.
  public internal(set) var transfer: TransferProgress?
  /// Images to save as soon as the mask of their last click is there.
  var waitingSaves: Set<String> = []
  /// Images whose save has not reported back, and the step of the document that it writes.
  var pendingSaves: [String: Document.Step.ID] = [:]
  /// Requests to write journals that have not reported back.
  var journalRequests = 0
  /// What could not be written into the journals of images, by path.
  var unwritten: [String: [JournalEntry]] = [:]
  var isQuitting = false

  /// - Parameters:
  ///   - files: The images where they are known.
  ///   - folders: Files and folders to find them in; empty where they are known.
  public init(
    files: FileList, folders: [String] = [], layout: Layout, model: String,
    destination: MaskDestination = .besideImage,
    themes: [String] = [], showsTour: Bool = false, profiling: ProfilingState = ProfilingState(subjects: []),
    classes: ClassList = ClassList()
  ) {
    self.files = files
    sources = folders.isEmpty ? files.paths : folders
    project = Project(classes: classes)
    project.isListing = !folders.isEmpty
    self.layout = layout.widened(profiling.isWide)
    self.profiling = profiling
    self.model = ModelStatus(name: model)
    self.destination = destination
    self.themes = themes
    if !classes.isEmpty { lower = .objects }
    tourStep = showsTour ? 0 : nil
    selectedFile = files.current
    loadingPath = files.currentPath
    if profiling.startsAtOnce {
      focus = .layers
      lower = .layers
    }
  }

  /// What to do before the first event.
  public var initialEffects: [Effect] {
    [.openProject(sources: sources, lists: project.isListing)]
      + (loadingPath.map { [.loadPicture(path: $0)] } ?? [])
  }

  /// The layer's result to show in place of the picture, and how; nil for the picture.
  public var shownFeatures: (layer: InspectedLayer, map: FeatureMap, view: FeatureView)? {
    guard focus == .layers, profiling.page == .layers, let view = profiling.featureView,
      let layer = profiling.inspection, let map = layer.features
    else { return nil }
    return (layer, map, view)
  }

  /// The open picture's document.
  public internal(set) var document: Document? {
    get { view.flatMap { documents[$0.path] } }
    set { if let path = view?.path { documents[path] = newValue } }
  }

  /// Whether the selected object has clicks or a box.
  public var hasPrompts: Bool { document?.prompts.isEmpty == false }

  /// Whether anything is marked on the open picture.
  public var hasObjects: Bool { document?.hasObjects == true }

  /// The mask of the selected object; the last one stays until the next is there.
  public var mask: RunLengths? {
    if let preview = sketch?.preview { return preview }
    guard let mask = document?.selected?.mask, !mask.isEmpty else { return nil }
    return mask
  }

  /// The objects that are drawn besides the selected one, from the lowest to the topmost.
  public var otherObjects: [AnnotatedObject] {
    guard let document, !document.objects.isEmpty else { return [] }
    return document.objects.filter { $0.id != document.selection && !document.hidden.contains($0.id) }
  }

  /// Whether something was done that its journal does not hold yet; the screen waits for it.
  public var isJournaling: Bool { journalRequests > 0 }

  /// Whether the program should end now.
  public var isFinished: Bool {
    isQuitting && pendingSaves.isEmpty && waitingSaves.isEmpty && journalRequests == 0 && transfer == nil
  }

  /// What has the keyboard.
  public var context: Command.Context {
    if question != nil { return .question }
    if finder != nil { return .search }
    if tourStep != nil { return .tour }
    switch focus {
    case .image: return tool == .click ? .image : .drawing
    case .files: return .files
    case .objects: return .objects
    case .history: return .history
    case .layers: return hasPartTable ? .parts : .layers
    }
  }
}

/// The open picture and how it is looked at.
public struct PictureView: Sendable {
  public let path: String
  public let image: Image
  /// The image's reductions, where they were made.
  public let pyramid: ImagePyramid?
  public internal(set) var viewport: Viewport
  public internal(set) var crosshair: Crosshair

  init(path: String, image: Image, pyramid: ImagePyramid? = nil, pane: PixelSize) {
    self.path = path
    self.image = image
    self.pyramid = pyramid
    viewport = Viewport(image: PixelSize(width: image.width, height: image.height), pane: pane)
    crosshair = Crosshair(centeredIn: viewport)
  }
}

/// Whether the model can be used.
public struct ModelStatus: Equatable, Sendable {
  public var name: String
  public var isReady = false
  public var failure: String?
}

/// Something to say to the user until the next key.
public struct Notice: Equatable, Sendable {
  public enum Kind: Sendable { case information, warning, error }
  public var kind: Kind
  public var text: String
}

/// A question that must be answered with yes or no.
public enum Question: Equatable, Sendable {
  case overwrite(SaveRequest)
  /// A file of an export is there.
  case replaceExport(ExportRequest, path: String)
  case quit(unkept: Int)

  public var text: String {
    switch self {
    case .overwrite(let request): "\(request.path) exists. Replace it?"
    case .replaceExport(_, let path): "\(path) exists. Replace the files of the export?"
    case .quit(1): "The work on one image could not be kept. Leave anyway?"
    case .quit(let count): "The work on \(count) images could not be kept. Leave anyway?"
    }
  }
}
