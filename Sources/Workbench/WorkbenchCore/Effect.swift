import Annotations
import Images
import VisionTasks

/// What the reducer asks the world to do; each reports back with an action.
public enum Effect: Sendable {
  /// Decode an image file.
  case loadPicture(path: String)
  /// Make the model ready for a picture before the first click.
  case warmUp(Image)
  /// Compute masks; a request with a higher generation makes this one worthless.
  case segment(SegmentRequest)
  /// Write a mask file.
  case save(SaveRequest)
  /// Give the terminal back to the shell.
  case suspend
}

/// A chain of prompts to segment one after the other, each refining the one before.
///
/// Chaining makes a mask depend on its clicks alone: it is the same whether the clicks came slowly, faster than
/// the network, or all at once on the command line.
public struct SegmentRequest: Sendable {
  public var generation: Int
  /// Path of the image, which names its document.
  public var path: String
  public var image: Image
  /// The result to start from; nil starts afresh.
  public var previous: Segmentation?
  /// Steps of the document in the order they were taken; the last is the one to show.
  public var steps: [Document.Step]

  public init(
    generation: Int, path: String, image: Image, previous: Segmentation?, steps: [Document.Step]
  ) {
    self.generation = generation
    self.path = path
    self.image = image
    self.previous = previous
    self.steps = steps
  }
}

/// What a step of a request led to.
public struct SegmentReport: Sendable {
  public var generation: Int
  public var path: String
  public var step: Document.Step
  public var segmentation: Segmentation
  /// Where the network's time went; nil when the run was not measured.
  public var layers: LayerTable?

  public init(
    generation: Int, path: String, step: Document.Step, segmentation: Segmentation, layers: LayerTable? = nil
  ) {
    self.generation = generation
    self.path = path
    self.step = step
    self.segmentation = segmentation
    self.layers = layers
  }
}

/// A mask to write.
public struct SaveRequest: Equatable, Sendable {
  /// Where to.
  public var path: String
  public var mask: Mask
  /// Path of the image whose document the mask belongs to.
  public var image: String
  /// The step of the document that the mask shows.
  public var step: Document.Step.ID
  /// Whether an existing file may be replaced.
  public var mayOverwrite: Bool

  public init(
    path: String, mask: Mask, image: String, step: Document.Step.ID, mayOverwrite: Bool = false
  ) {
    self.path = path
    self.mask = mask
    self.image = image
    self.step = step
    self.mayOverwrite = mayOverwrite
  }
}
