import Foundation
import Images
import Synchronization
import WorkbenchCore

/// Carries out effects away from the interface thread and posts what comes of them.
final class EffectRunner: Sendable {
  private let mailbox: Mailbox
  private let masks: MaskWorker
  /// The picture wanted last; others that are still waiting to be read are not read at all.
  private let wantedPicture = Mutex("")

  init(mailbox: Mailbox, model: ModelChoice, threads: Int?) {
    self.mailbox = mailbox
    masks = MaskWorker(model: model, threads: threads, mailbox: mailbox)
  }

  func run(_ effect: Effect) {
    switch effect {
    case .loadPicture(let path): load(path)
    case .warmUp(let image): masks.warmUp(image)
    case .segment(let request): masks.submit(request)
    case .save(let request): save(request)
    case .suspend: break
    }
  }

  private func load(_ path: String) {
    wantedPicture.withLock { $0 = path }
    Task.detached(priority: .userInitiated) { [self] in
      guard wantedPicture.withLock({ $0 == path }) else { return }
      do throws(ImageError) {
        let image = try ImageFile.load(path)
        mailbox.post(.pictureLoaded(path: path, image, ImagePyramid(image)))
      } catch {
        mailbox.post(.pictureFailed(path: path, message: "\(error)"))
      }
    }
  }

  private func save(_ request: SaveRequest) {
    Task.detached { [mailbox] in
      do throws(ImageError) {
        try ImageFile.savePNG(request.mask, to: request.path, overwrite: request.mayOverwrite)
        mailbox.post(.saved(request))
      } catch .exists {
        mailbox.post(.saveWouldOverwrite(request))
      } catch {
        mailbox.post(.saveFailed(request, message: "\(error)"))
      }
    }
  }
}
