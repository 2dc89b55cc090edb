import Annotations
import Images
import VisionTasks

/// What the reducer asks the world to do; each reports back with an action.
public enum Effect: Sendable {
  /// Read what is known of the images, and before that the folders they are in when they are not known yet.
  case openProject(sources: [String], lists: Bool)
  /// Keep how far the work on an image is.
  case record(RecordRequest)
  /// Make small pictures of files; those asked for before are not wanted any more.
  case makeThumbnails(paths: [String])
  /// Decode an image file.
  case loadPicture(path: String)
  /// Make the model ready for a picture before the first click.
  case warmUp(Image)
  /// Compute masks; a request with a higher generation makes this one worthless.
  case segment(SegmentRequest)
  /// Find what stands out in a picture, for its first clicks.
  case propose(path: String, Image)
  /// Write what was done behind an image's journal.
  case journal(JournalRequest)
  /// Change a mask in a way that takes a while.
  case operate(OperationRequest)
  /// Write a mask file.
  case save(SaveRequest)
  /// Write or read files of annotations.
  case transfer(TransferEffect)
  /// Look for people or faces.
  case findPeople(PeopleRequest)
  /// Read a theme.
  case loadTheme(name: String)
  /// Read the names in a folder, to complete a path that begins with it as it was typed.
  case listFolder(String)
  /// Something about measurements.
  case profiling(ProfilingEffect)
  /// Give the terminal back to the shell.
  case suspend
}

/// A mask to change.
public struct OperationRequest: Sendable {
  /// Path of the image, which names its document.
  public var path: String
  public var image: Image
  /// The step and the object that the mask belongs to.
  public var step: Document.Step.ID
  public var object: AnnotatedObject.ID
  public var mask: RunLengths
  public var operation: MaskOperation
}

/// What was done to an image since its last request.
public struct JournalRequest: Equatable, Sendable {
  /// Path of the image, which names its document.
  public var path: String
  public var entries: [JournalEntry]

  public init(path: String, entries: [JournalEntry]) {
    self.path = path
    self.entries = entries
  }
}

/// Prompts to segment one after the other, each refining the one before.
///
/// Chaining makes a mask depend on its clicks alone: it is the same whether the clicks came slowly, faster than
/// the network, or all at once on the command line.
public struct SegmentRequest: Sendable {
  public var generation: Int
  /// Path of the image, which names its document.
  public var path: String
  public var image: Image
  /// What the document asks, for each object that lacks its mask.
  public var chains: [Document.QuestionChain]

  public init(generation: Int, path: String, image: Image, chains: [Document.QuestionChain]) {
    self.generation = generation
    self.path = path
    self.image = image
    self.chains = chains
  }
}

/// What a question of a request led to.
public struct SegmentReport: Sendable {
  public var generation: Int
  public var path: String
  public var question: Document.Question
  public var answer: Document.Answer
  public var segmentation: Segmentation
  /// Where the network's time went; nil when the run was not measured.
  public var layers: LayerTable?

  public init(
    generation: Int, path: String, question: Document.Question, answer: Document.Answer,
    segmentation: Segmentation, layers: LayerTable? = nil
  ) {
    self.generation = generation
    self.path = path
    self.question = question
    self.answer = answer
    self.segmentation = segmentation
    self.layers = layers
  }
}

/// A mask to write.
public struct SaveRequest: Equatable, Sendable {
  /// Where to.
  public var path: String
  public var mask: RunLengths
  /// Path of the image whose document the mask belongs to.
  public var image: String
  /// The step of the document that the mask shows.
  public var step: Document.Step.ID
  /// Whether an existing file may be replaced.
  public var mayOverwrite: Bool

  public init(
    path: String, mask: RunLengths, image: String, step: Document.Step.ID, mayOverwrite: Bool = false
  ) {
    self.path = path
    self.mask = mask
    self.image = image
    self.step = step
    self.mayOverwrite = mayOverwrite
  }
}
