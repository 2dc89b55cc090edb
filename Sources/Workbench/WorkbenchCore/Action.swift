import Annotations
import Images
import TerminalScreen
import VisionTasks

/// Everything that can happen to the workbench: what the user does and what its effects report back.
public enum Action: Sendable {
  /// Carry out a command of the table, or say why that cannot be.
  case perform(commandID: String)

  // The picture.
  case addClick(at: ImagePoint, isPositive: Bool)
  case setBox(Box)
  case moveCrosshair(Crosshair.Direction, isBig: Bool)
  case clickAtCrosshair(isPositive: Bool)
  case boxAtCrosshair
  case takeNextReading
  case proposeClicks
  case undo
  case redo
  case clearPrompts
  case save

  // The view.
  case zoom(steps: Int, at: PanePoint?)
  case zoomToFit
  case zoomToPixels
  case pan(x: Double, y: Double)
  case panScreen(Crosshair.Direction)
  case resized(Layout)

  /// Objects and drawing by hand.
  case edit(EditingAction)
  case objects(ObjectsAction)
  case history(HistoryAction)

  /// How the mask and the picture are looked at.
  case see(SeeingAction)
  case people(PeopleAction)
  /// Exports and imports.
  case transfer(AnnotationTransfer)

  // The mouse on the picture.
  /// A button went down on the picture.
  case press(Drag.Purpose, at: PanePoint)
  case drag(to: PanePoint)
  case release(at: PanePoint)

  // Panes, files, popups.
  case focus(Pane)
  case focusNext(backward: Bool)
  case openFile(Int)
  case stepFile(Int)
  case moveSelection(Int)
  case openSelection
  case scroll(Pane, lines: Int)
  case switchLayerOrder
  case selectLayer(Int)
  /// The help and the palette.
  case find(FinderAction)
  case tour(Tour.Move)
  case useTheme(String)
  case answer(Bool)
  case suspend
  case quit

  case project(ProjectAction)
  /// Shows small pictures of the files, or no longer.
  case toggleThumbnails

  // Reports of effects.
  case pictureLoaded(path: String, Image, ImagePyramid? = nil)
  case pictureFailed(path: String, message: String)
  /// A file's small picture; nil for a file that shows none.
  case thumbnail(path: String, Image?)
  /// What an image's journal holds; comes before its picture.
  case documentLoaded(path: String, Document, notice: String?)
  case documentFailed(path: String, message: String)
  case journaled(JournalRequest)
  case journalFailed(JournalRequest, message: String)
  case themeLoaded(Theme)
  case themeFailed(message: String)
  case modelReady
  case modelFailed(message: String)
  case segmented(SegmentReport)
  case segmentationFailed(path: String, generation: Int, message: String)
  case operated(OperationRequest, RunLengths)
  /// First clicks on what stands out in a picture; none where nothing does.
  case proposed(path: String, [Click])
  case proposalFailed(path: String, message: String)
  case saved(SaveRequest)
  case saveWouldOverwrite(SaveRequest)
  case saveFailed(SaveRequest, message: String)
  /// A frame went out.
  case drawn(FrameLatency)

  /// Something about measurements.
  case profiling(ProfilingAction)
}

extension Action {
  /// Whether this comes from an effect and not from the user.
  var isReport: Bool {
    switch self {
    case .pictureLoaded, .pictureFailed, .thumbnail, .modelReady, .modelFailed, .segmented,
      .segmentationFailed,
      .proposed, .proposalFailed, .operated, .saved,
      .saveWouldOverwrite, .saveFailed, .drawn, .resized, .documentLoaded, .documentFailed, .journaled,
      .journalFailed, .themeLoaded, .themeFailed:
      true
    case .people(let action): action.isReport
    case .transfer(let action): action.isReport
    case .project(let action): action.isReport
    case .find(let action): action.isReport
    case .profiling(let action): action.isReport
    default: false
    }
  }
}
