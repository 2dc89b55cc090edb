import Annotations
import Images

/// Opening pictures.
extension Reducer {
  static func openFile(_ state: inout State, _ index: Int) -> [Effect] {
    state.files.open(index)
    refreshList(&state)
    state.selectedFile = state.files.place(of: state.files.current)
    guard let path = state.files.currentPath else { return [] }
    if state.loadingPath == nil, state.view?.path == path { return [] }
    state.loadingPath = path
    state.failure = nil
    state.drag = nil
    state.boxCorner = nil
    state.sketch = nil
    return [.loadPicture(path: path)]
  }

  static func pictureLoaded(
    _ state: inout State, path: String, _ image: Image, _ pyramid: ImagePyramid?
  ) -> [Effect] {
    guard path == state.loadingPath else { return [] }
    state.loadingPath = nil
    state.failure = nil
    state.view = PictureView(path: path, image: image, pyramid: pyramid, pane: state.layout.imagePixels)
    let isFirst = state.profiling.startsAtOnce && state.profiling.benchmark.phase == .none
    let measuring = isFirst ? startBenchmark(&state) : []
    if let known = state.documents[path], known.width == image.width, known.height == image.height {
      putDownCarried(&state)
      return measuring + [.warmUp(image)] + requestMask(&state)
    }
    state.documents[path] = Document(width: image.width, height: image.height)
    putDownCarried(&state)
    state.generation += 1
    state.isSegmenting = false
    return measuring + [.warmUp(image)]
  }

  static func pictureFailed(_ state: inout State, path: String, _ message: String) -> [Effect] {
    guard path == state.loadingPath else { return [] }
    state.loadingPath = nil
    state.view = nil
    state.failure = message
    return []
  }
}
