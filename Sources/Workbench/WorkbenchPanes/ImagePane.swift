import Annotations
import Images
import Profiling
import TerminalGraphics
import TerminalScreen
import TerminalWidgets
import VisionTasks
import WorkbenchCore

/// The picture with its mask, clicks, box and crosshair, composited into one bitmap.
struct ImagePane {
  private var theme: Theme
  private var encoder: PictureEncoder
  private var raster: (key: ViewKey, isDraft: Bool, raster: PictureRaster)?
  private var populated: (objects: [OtherObject], raster: PictureRaster)?
  private var masked: (key: MaskKey, bitmap: Bitmap)?
  private var marked: (key: MarksKey, bitmap: Bitmap)?
  /// The colours in which the objects are shown.
  private(set) var tints: ObjectTints
  private var minimap: (path: String, pane: PixelSize, map: Minimap?)?
  private var palette: PaletteKey?
  private var features: (key: FeaturesKey, bitmap: Bitmap)?
  /// What encoding the last picture took.
  private(set) var encoding = Duration.zero

  /// What the resampled picture depends on.
  private struct ViewKey: Equatable {
    var path: String
    var viewport: Viewport
  }

  /// What the picture with its mask depends on besides the view.
  private struct MaskKey: Equatable {
    var mask: RunLengths?
    var before: RunLengths?
    var confidence: ProbabilityMap?
    var look: MaskLook
    var people: PeopleLook?
  }

  /// What the marks on the picture depend on.
  private struct MarksKey: Equatable {
    var prompts: ClickPrompts
    var crosshair: ImagePoint?
    var drag: [PanePoint]
    var corner: ImagePoint?
    var outline: [ImagePoint]
    var brush: Brush?
    var hasMagnifier: Bool
    var hasMinimap: Bool
    var people: PeopleLook?
  }

  /// Where the brush is and how large.
  private struct Brush: Equatable {
    var centre: ImagePoint
    var size: Int
  }

  /// What the colours are chosen for.
  private struct PaletteKey: Equatable {
    var view: ViewKey
    var look: MaskLook
    /// What the network answered, where its map is shown.
    var confidence: ProbabilityMap?
    var people: PeopleLook?
  }

  /// What the picture of a layer's result depends on.
  private struct FeaturesKey: Equatable {
    var layer: String
    var map: FeatureMap
    var view: FeatureView
    var size: PixelSize
    var viewport: Viewport?
  }

  init(theme: Theme, encoder: PictureEncoder) {
    self.theme = theme
    self.encoder = encoder
    tints = ObjectTints(theme: theme)
  }

  /// Changes to another theme: the picture is then composed anew on its ground and with its colours.
  mutating func wear(_ theme: Theme) {
    self.theme = theme
    raster = nil
    populated = nil
    masked = nil
    marked = nil
    tints = ObjectTints(theme: theme)
    palette = nil
  }

  /// Leaves the pane's cells to the picture and returns it, or says why there is none.
  mutating func render(_ state: State, effort: FrameEffort, into cells: inout CellBuffer) -> Graphic? {
    if let shown = state.shownFeatures, !state.layout.imagePixels.isEmpty {
      cells.fill(state.layout.bitmap, with: .picture)
      let bitmap = composeFeatures(shown.layer, shown.map, shown.view, state)
      return encode(bitmap, in: state.layout.bitmap, effort)
    }
    guard let view = state.view, !state.layout.imagePixels.isEmpty else {
      renderMessage(state, into: &cells)
      return nil
    }
    let rect = state.layout.bitmap
    cells.fill(rect, with: .picture)
    let bitmap = compose(state, view, effort: effort)
    Rulers(theme: theme).render(state, into: &cells)
    return encode(bitmap, in: rect, effort)
  }

  private mutating func encode(_ bitmap: Bitmap, in rect: Rect, _ effort: FrameEffort) -> Graphic {
    let start = ContinuousClock.now
    defer { encoding = .now - start }
    return encoder.graphic(of: bitmap, in: rect, quality: effort.quality)
  }

  /// The bitmap that shows a layer's result.
  private mutating func composeFeatures(
    _ layer: InspectedLayer, _ map: FeatureMap, _ view: FeatureView, _ state: State
  ) -> Bitmap {
    let picture = view == .overlay ? state.view : nil
    let key = FeaturesKey(
      layer: layer.facts.layer, map: map, view: view, size: state.layout.imagePixels,
      viewport: picture?.viewport)
    if let features, features.key == key, palette == nil { return features.bitmap }
    let drawing = FeaturePicture(map: map, backdrop: theme.pixel(.backdrop))
    let bitmap =
      picture.map { picture in
        drawing.blend(
          over: PictureRaster(
            image: picture.image, pyramid: picture.pyramid, viewport: picture.viewport, theme: theme),
          image: picture.viewport.image, crop: layer.crop)
      } ?? drawing.bitmap(view, size: state.layout.imagePixels)
    // The photo needs its own colours again.
    palette = nil
    encoder.setPalette(pictures: [bitmap])
    features = (key, bitmap)
    return bitmap
  }

  /// The bitmap that shows a view and all marks on it.
  private mutating func compose(_ state: State, _ view: PictureView, effort: FrameEffort) -> Bitmap {
    let raster = populatedRaster(state, view, on: currentRaster(of: view, effort: effort))
    let isCoarse = state.layout.cell.height < 8
    let look = MaskLook(state.seeing, theme: theme, tint: currentTint(state, view), isCoarse: isCoarse)
    let masked = maskedPicture(state, on: raster, look: look)
    let key = PaletteKey(
      view: ViewKey(path: view.path, viewport: view.viewport), look: look,
      confidence: shownConfidence(state, look), people: state.peopleLook)
    choosePalette(key, plain: raster.plain, masked: masked, effort: effort)
    if state.peopleView == .map { return masked }
    let drag = state.drag.flatMap { $0.purpose == .select && $0.isMoving ? [$0.start, $0.now] : nil }
    let marks = MarksKey(
      prompts: state.document?.prompts ?? ClickPrompts(),
      crosshair: view.crosshair.isVisible ? view.crosshair.position : nil, drag: drag ?? [],
      corner: state.boxCorner, outline: outline(state), brush: brush(state, view),
      hasMagnifier: state.seeing.hasMagnifier,
      hasMinimap: state.seeing.hasMinimap && !view.viewport.isFitted, people: state.peopleLook)
    if let marked, marked.key == marks { return marked.bitmap }
    var canvas = Canvas(masked)
    if marks.hasMinimap {
      map(of: view)?.draw(viewport: view.viewport, theme: theme, isCoarse: isCoarse, on: &canvas)
    }
    drawFaces(of: state, viewport: view.viewport, on: &canvas)
    draw(marks, view: view, cell: state.layout.cell, on: &canvas)
    if marks.hasMagnifier, let crosshair = marks.crosshair {
      Magnifier(image: view.image, viewport: view.viewport, theme: theme, isCoarse: isCoarse).draw(
        at: crosshair, tint: look.view == .fill ? Mix(look.tint, look.opacity) : nil,
        inside: state.mask.map { mask in { mask.sampled(columns: $0, rows: $1) } }, on: &canvas)
    }
    marked = (marks, canvas.bitmap)
    return canvas.bitmap
  }

  /// The picture in this view; where it is still moving, a draft.
  private mutating func currentRaster(of view: PictureView, effort: FrameEffort) -> PictureRaster {
    let key = ViewKey(path: view.path, viewport: view.viewport)
    let isDraft = effort != .full
    if let raster, raster.key == key, isDraft || !raster.isDraft { return raster.raster }
    let new = PictureRaster(
      image: view.image, pyramid: view.pyramid, viewport: view.viewport, theme: theme, isDraft: isDraft)
    raster = (key, isDraft, new)
    populated = nil
    masked = nil
    marked = nil
    return new
  }

  /// The picture with the objects that are not selected.
  private mutating func populatedRaster(
    _ state: State, _ view: PictureView, on raster: PictureRaster
  ) -> PictureRaster {
    let objects = state.otherObjects.map { object in
      let tint = tints.tint(
        of: object.id, mask: object.mask, chosen: state.chosenColor(of: object), in: view)
      return OtherObject(mask: object.mask, color: tint)
    }
    guard !objects.isEmpty || populated != nil else { return raster }
    if let populated, populated.objects == objects { return populated.raster }
    let new = raster.showing(objects, isCoarse: state.layout.cell.height < 8)
    populated = (objects, new)
    masked = nil
    marked = nil
    return new
  }

  /// The picture with its mask.
  private mutating func maskedPicture(_ state: State, on raster: PictureRaster, look: MaskLook) -> Bitmap {
    let key = MaskKey(
      mask: state.mask, before: look.view == .difference ? state.maskBefore : nil,
      confidence: shownConfidence(state, look), look: look, people: state.peopleLook)
    if let masked, masked.key == key { return masked.bitmap }
    let people = PeoplePainter(raster, theme: theme, opacity: look.opacity).bitmap(of: state)
    let bitmap =
      people
      ?? key.mask.map { mask in
        MaskPainter(raster, look: look).bitmap(
          inside: raster.inside(mask), before: key.before.map { raster.inside($0) },
          confidence: key.confidence.map { $0.values(columns: raster.columns, rows: raster.rows) })
      }
    masked = (key, bitmap ?? raster.plain)
    marked = nil
    return bitmap ?? raster.plain
  }

  private func shownConfidence(_ state: State, _ look: MaskLook) -> ProbabilityMap? {
    look.view == .confidence ? state.document?.segmentation?.probabilities : nil
  }

  /// Chooses the colours for a view; while it moves those of an earlier view of the photo serve.
  private mutating func choosePalette(
    _ key: PaletteKey, plain: Bitmap, masked: Bitmap, effort: FrameEffort
  ) {
    guard key != palette else { return }
    let isOther =
      palette?.view.path != key.view.path || palette?.look != key.look
      || palette?.confidence != key.confidence || palette?.people != key.people
    if effort != .full, !isOther { return }
    palette = key
    let pictures =
      key.people == nil
      ? PaletteSamples.pictures(plain, composed: masked, look: key.look)
      : [PaletteSamples.of(plain), PaletteSamples.of(masked)]
    encoder.setPalette(
      pictures: pictures,
      reserved: Theme.Overlay.allCases.filter { $0 != .mask }.map { overlay in
        let pixel = theme.pixel(overlay)
        return Palette.Entry(red: pixel.red, green: pixel.green, blue: pixel.blue)
      }, isOther: isOther)
  }

  /// The colour of the mask that is shown: the selected object's, or that of the one in the making; before its first
  /// mask that which it will most likely have, so that the palette is ready for it.
  private mutating func currentTint(_ state: State, _ view: PictureView) -> Theme.Pixel? {
    guard let document = state.document else { return nil }
    let object = document.selected
    let id = object?.id ?? document.lastObjectID + 1
    let chosen = state.chosenColor(of: object)
    guard let mask = state.mask else { return chosen.map { Theme.Pixel($0) } ?? tints.usual(id) }
    return tints.tint(of: id, mask: mask, chosen: chosen, in: view)
  }

  /// The corners of a shape that is drawn as a line.
  private func outline(_ state: State) -> [ImagePoint] {
    guard let sketch = state.sketch, sketch.preview == nil else { return [] }
    let points = sketch.points.map { ImagePoint(x: $0.x, y: $0.y) }
    switch state.tool {
    case .polygon:
      let end = state.view?.crosshair
      return points + (end.map { $0.isVisible ? [$0.position] : [] } ?? [])
    case .rectangle:
      guard points.count == 2 else { return points }
      return [
        points[0], ImagePoint(x: points[1].x, y: points[0].y), points[1],
        ImagePoint(x: points[0].x, y: points[1].y), points[0],
      ]
    default: return points
    }
  }

  /// The brush in hand where it can be seen: at the crosshair, or under the pressed mouse.
  private func brush(_ state: State, _ view: PictureView) -> Brush? {
    guard state.tool.isBrush, view.crosshair.isVisible || state.drag != nil else { return nil }
    let centre = state.drag.map { view.viewport.imagePoint(at: $0.now) } ?? view.crosshair.position
    return Brush(centre: centre, size: state.brushSize)
  }

  private mutating func map(of view: PictureView) -> Minimap? {
    let pane = view.viewport.pane
    if let minimap, minimap.path == view.path, minimap.pane == pane { return minimap.map }
    let map = Minimap(image: view.image, pyramid: view.pyramid, pane: pane)
    minimap = (view.path, pane, map)
    return map
  }

  /// Boxes, points and numbers of the faces.
  private func drawFaces(of state: State, viewport: Viewport, on canvas: inout Canvas) {
    guard let faces = state.faces, state.peopleView == .parts || state.peopleView == .uncertainty else {
      return
    }
    let pen = FaceMarks(viewport: viewport, theme: theme, cell: state.layout.cell)
    for (index, face) in faces.parsing.faces.enumerated() { pen.draw(face, number: index + 1, on: &canvas) }
  }

  private func draw(_ marks: MarksKey, view: PictureView, cell: PixelSize, on canvas: inout Canvas) {
    let pen = PromptMarks(viewport: view.viewport, theme: theme, cell: cell)
    if let box = marks.prompts.box, marks.drag.isEmpty {
      pen.draw(boxFrom: ImagePoint(x: box.x0, y: box.y0), to: ImagePoint(x: box.x1, y: box.y1), on: &canvas)
    }
    if let start = marks.drag.first, let end = marks.drag.last {
      pen.draw(
        boxFrom: view.viewport.imagePoint(at: start), to: view.viewport.imagePoint(at: end), on: &canvas)
    }
    if let corner = marks.corner, let crosshair = marks.crosshair {
      pen.draw(boxFrom: corner, to: crosshair, on: &canvas)
    }
    pen.draw(outline: marks.outline, on: &canvas)
    if let brush = marks.brush { pen.draw(brushAt: brush.centre, size: brush.size, on: &canvas) }
    for click in marks.prompts.clicks { pen.draw(click, on: &canvas) }
    if let crosshair = marks.crosshair { pen.draw(crosshairAt: crosshair, on: &canvas) }
  }

  private func renderMessage(_ state: State, into cells: inout CellBuffer) {
    let pane = state.layout.image
    let (text, role): (String, Theme.Role)
    if let failure = state.failure {
      (text, role) = (failure, .error)
    } else if let path = state.loadingPath {
      (text, role) = ("Opening \(path)", .dim)
    } else {
      (text, role) = (state.project.isListing ? "Reading the folder" : "No image", .dim)
    }
    let lines = TextFitting.wrapped(text, columns: pane.width - 4)
    for (index, line) in lines.prefix(max(pane.height, 0)).enumerated() {
      let x = pane.x + (pane.width - DisplayWidth.of(line)) / 2
      let y = pane.y + max((pane.height - lines.count) / 2, 0) + index
      cells.write(line, x: x, y: y, style: theme.style(role), clip: pane)
    }
  }
}
