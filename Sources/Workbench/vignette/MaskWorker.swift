import Annotations
import Images
import InferenceEngine
import Profiling
import Synchronization
import VisionTasks
import WorkbenchCore

/// Answers requests for masks one after the other; of several for one picture only the newest counts.
final class MaskWorker: Sendable {
  private struct Queue {
    var requests: [String: SegmentRequest] = [:]
    var image: Image?
    var isRunning = false
  }

  private let model: ModelChoice
  private let threads: Int?
  private let mailbox: Mailbox
  private let queue = Mutex(Queue())
  private let segmenter: Task<ClickSegmenter, any Error>

  /// The segmenter once it is loaded; nil when that failed.
  var loadedSegmenter: ClickSegmenter? { get async { try? await segmenter.value } }

  /// Begins to load the model.
  init(model: ModelChoice, threads: Int?, mailbox: Mailbox) {
    self.model = model
    self.threads = threads
    self.mailbox = mailbox
    segmenter = Task.detached(priority: .userInitiated) {
      do {
        let segmenter = try model.makeSegmenter(threads: threads)
        // Before the first click, for it takes the whole machine: once per machine some tenths of a second.
        _ = MachinePeak.known(.selected, threads: threads ?? Session.defaultThreadCount)
        mailbox.post(.modelReady)
        return segmenter
      } catch {
        mailbox.post(.modelFailed(message: "\(error)"))
        throw error
      }
    }
  }

  /// Asks for masks; an unfinished request for the same picture is dropped.
  func submit(_ request: SegmentRequest) {
    wake { $0.requests[request.path] = request }
  }

  /// Prepares for a picture when there is nothing better to do.
  func warmUp(_ image: Image) {
    wake { $0.image = image }
  }

  private func wake(_ change: (inout Queue) -> Void) {
    let mustStart = queue.withLock { queue in
      change(&queue)
      defer { queue.isRunning = true }
      return !queue.isRunning
    }
    guard mustStart else { return }
    Task.detached(priority: .userInitiated) { [self] in await drain() }
  }

  private enum Work {
    case masks(SegmentRequest)
    case warmUp(Image)
  }

  private func next() -> Work? {
    queue.withLock { queue in
      let newest = queue.requests.values.max { $0.generation < $1.generation }
      if let newest {
        queue.requests[newest.path] = nil
        return .masks(newest)
      }
      if let image = queue.image {
        queue.image = nil
        return .warmUp(image)
      }
      queue.isRunning = false
      return nil
    }
  }

  private func drain() async {
    while let work = next() {
      guard let segmenter = try? await segmenter.value else { continue }
      switch work {
      case .masks(let request): await answer(request, with: segmenter)
      case .warmUp(let image): try? await segmenter.prepare(image)
      }
    }
  }

  private func answer(_ request: SegmentRequest, with segmenter: ClickSegmenter) async {
    let peak = MachinePeak.known(.selected, threads: threads ?? Session.defaultThreadCount)
    do {
      for chain in request.chains {
        var previous = chain.previous
        for question in chain.questions {
          // A newer request contains the questions that this one leaves out.
          if queue.withLock({ $0.requests[request.path] != nil }) { return }
          let (answer, segmentation) = try await MaskAnswering.answer(
            question, of: request.image, previous: previous, with: segmenter)
          previous = segmentation
          mailbox.post(
            .segmented(
              SegmentReport(
                generation: request.generation, path: request.path, question: question, answer: answer,
                segmentation: segmentation, layers: segmentation.profile.map { LayerTable($0, peak: peak) })))
        }
      }
    } catch {
      mailbox.post(
        .segmentationFailed(path: request.path, generation: request.generation, message: "\(error)"))
    }
  }
}
