/// The rules of the workbench: what an action makes of a state, and what is to be done in the world.
public enum Reducer {
  /// Applies an action to a state; depends on nothing else.
  /// - Returns: Effects to carry out, in order.
  public static func reduce(_ state: inout State, _ action: Action) -> [Effect] {
    let (path, mask) = (state.view?.path, state.mask)
    let step = state.document?.current
    let effects = apply(&state, action)
    // The history's selection follows what is done elsewhere.
    if path != state.view?.path || (step != state.document?.current && state.focus != .history) {
      state.selectedStep = nil
    }
    rememberMask(path: path, mask, &state)
    return journalEffects(&state, after: action) + effects + thumbnailEffects(&state)
      + listingEffects(&state)
  }

  private static func apply(_ state: inout State, _ action: Action) -> [Effect] {
    if !action.isReport { state.notice = nil }
    switch action {
    case .perform(let id): return perform(&state, id)

    case .addClick(let point, let isPositive): return addClick(&state, point, isPositive: isPositive)
    case .setBox(let box): return setBox(&state, box)
    case .moveCrosshair(let direction, let isBig): return moveCrosshair(&state, direction, isBig: isBig)
    case .clickAtCrosshair(let isPositive): return clickAtCrosshair(&state, isPositive: isPositive)
    case .boxAtCrosshair: return boxAtCrosshair(&state)
    case .takeNextReading: return changePrompts(&state) { $0.takeNextReading() }
    case .proposeClicks, .proposed, .proposalFailed: return propose(&state, action)
    case .undo: return changePrompts(&state) { $0.undo() }
    case .redo: return changePrompts(&state) { $0.redo() }
    case .clearPrompts: return changePrompts(&state) { $0.clear() }
    case .save: return save(&state)

    case .zoom, .zoomToFit, .zoomToPixels, .pan, .panScreen, .resized: return changeView(&state, action)
    case .edit(let action): return edit(&state, action)
    case .objects(let action): return changeObjects(&state, action)
    case .history(let action): return changeHistory(&state, action)
    case .operated(let request, let mask): return operated(&state, request, mask)
    case .see(let action): return changeSeeing(&state, action)
    case .people(let action): return changePeople(&state, action)
    case .transfer(let action): return transfer(&state, action)
    case .press(let purpose, let point): return press(&state, purpose, at: point)
    case .drag(let point): return drag(&state, to: point)
    case .release(let point): return release(&state, at: point)

    case .focus, .focusNext, .moveSelection, .scroll, .switchLayerOrder, .selectLayer:
      return changePanes(&state, action) + inspectSelection(&state)
    case .find(let action): return changeFinder(&state, action)
    case .tour(let move): return moveTour(&state, move)
    case .useTheme(let name): return [.loadTheme(name: name)]
    case .themeLoaded(let theme):
      state.theme = theme
      state.notice = Notice(kind: .information, text: "Theme: \(theme.name)")
      return []
    case .themeFailed(let message):
      state.notice = Notice(kind: .error, text: message)
      return []
    case .openFile(let index): return openFile(&state, index)
    case .stepFile(let step): return state.files.neighbour(step).map { openFile(&state, $0) } ?? []
    case .openSelection:
      return state.files.count == 0 ? [] : openFile(&state, state.files.index(at: state.selectedFile))
    case .project(let action): return changeProject(&state, action)
    case .toggleThumbnails: return toggleThumbnails(&state)
    case .thumbnail(let path, let picture):
      state.thumbnails.add(picture, for: path)
      return []
    case .answer(let isYes): return answer(&state, isYes: isYes)
    case .suspend: return [.suspend]
    case .quit: return quit(&state)

    case .pictureLoaded(let path, let image, let pyramid):
      return pictureLoaded(&state, path: path, image, pyramid)
    case .pictureFailed(let path, let message): return pictureFailed(&state, path: path, message)
    case .documentLoaded, .documentFailed, .journaled, .journalFailed: return journalReported(&state, action)
    case .modelReady, .modelFailed: return modelChanged(&state, action)
    case .segmented(let report): return segmented(&state, report)
    case .segmentationFailed(let path, let generation, let message):
      return segmentationFailed(&state, path: path, generation: generation, message)
    case .saved, .saveWouldOverwrite, .saveFailed: return saveReported(&state, action)
    case .drawn(let frame): return drawn(&state, frame)
    case .profiling(let action): return profile(&state, action)
    }
  }

  private static func perform(_ state: inout State, _ id: String) -> [Effect] {
    guard let command = CommandTable.command(id) else { return [] }
    switch command.availability(state) {
    case .available:
      let effects = apply(&state, command.action)
      // Why an object cannot be changed makes sense only together with what was asked.
      if case .edit = command.action, let notice = state.notice, notice.kind == .warning {
        state.notice?.text =
          "\(command.title): \(notice.text.prefix(1).lowercased())\(notice.text.dropFirst())"
      }
      return effects
    case .unavailable(let reason):
      state.notice = Notice(kind: .warning, text: "\(command.title): \(reason)")
      return []
    }
  }

  private static func modelChanged(_ state: inout State, _ action: Action) -> [Effect] {
    switch action {
    case .modelReady: state.model.isReady = true
    case .modelFailed(let message):
      state.model.failure = message
      state.isSegmenting = false
      state.notice = Notice(kind: .error, text: message)
    default: break
    }
    return []
  }

  private static func drawn(_ state: inout State, _ frame: FrameLatency) -> [Effect] {
    guard var latency = state.latency, latency.frame == nil else { return [] }
    latency.frame = frame
    state.latency = latency
    state.profiling.clicks.record(latency)
    return []
  }
}
