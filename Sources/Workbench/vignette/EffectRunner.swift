import Foundation
import Images
import Synchronization
import WorkbenchCore

/// Carries out effects away from the interface thread and posts what comes of them.
final class EffectRunner: Sendable {
  private let mailbox: Mailbox
  private let masks: MaskWorker
  private let proposals: ProposalWorker
  private let journals: JournalKeeper
  private let project: ProjectKeeper
  private let people: PeopleWorker
  private let thumbnails: ThumbnailWorker
  private let profiling: ProfilingWorker
  /// The picture wanted last; others that are still waiting to be read are not read at all.
  private let wantedPicture = Mutex("")

  /// - Parameters:
  ///   - journalFolder: Where journals go; nil for beside each image.
  ///   - subjects: The models that can be measured.
  init(
    mailbox: Mailbox, model: ModelChoice, threads: Int?, journalFolder: String?, subjects: [ModelArgument]
  ) {
    self.mailbox = mailbox
    journals = JournalKeeper(mailbox: mailbox, folder: journalFolder)
    project = ProjectKeeper(mailbox: mailbox, folder: journalFolder)
    proposals = ProposalWorker(threads: threads, mailbox: mailbox)
    masks = MaskWorker(model: model, threads: threads, mailbox: mailbox)
    thumbnails = ThumbnailWorker(mailbox: mailbox)
    people = PeopleWorker(threads: threads, mailbox: mailbox)
    profiling = ProfilingWorker(subjects: subjects, masks: masks, mailbox: mailbox)
  }

  func run(_ effect: Effect) {
    switch effect {
    case .openProject(let sources, let lists): project.open(sources, lists: lists)
    case .record(let request): project.write(request)
    case .makeThumbnails(let paths): thumbnails.submit(paths)
    case .loadPicture(let path): load(path)
    case .warmUp(let image): masks.warmUp(image)
    case .segment(let request): masks.submit(request)
    case .propose(let path, let image):
      Task.detached(priority: .userInitiated) { [proposals] in await proposals.propose(for: path, image) }
    case .journal(let request): journals.write(request)
    case .save(let request): save(request)
    case .transfer(let effect):
      journals.afterWriting { [mailbox, journals] in
        TransferWorker(mailbox: mailbox, journals: journals).run(effect)
      }
    case .findPeople(let request): people.submit(request)
    case .operate(let request):
      Task.detached(priority: .userInitiated) { [mailbox] in
        mailbox.post(.operated(request, request.operation.apply(to: request.mask, of: request.image)))
      }
    case .listFolder(let folder):
      Task.detached(priority: .userInitiated) { [mailbox] in
        mailbox.post(.find(.listed(folder: folder, FolderContents.read(folder))))
      }
    case .loadTheme, .suspend: break
    case .profiling(let effect): profiling.run(effect)
    }
  }

  private func load(_ path: String) {
    wantedPicture.withLock { $0 = path }
    Task.detached(priority: .userInitiated) { [self] in
      guard wantedPicture.withLock({ $0 == path }) else { return }
      do throws(ImageError) {
        let start = ContinuousClock.now
        let image = try ImageFile.load(path)
        mailbox.post(.profiling(.decoded(path: path, milliseconds: (.now - start) / .milliseconds(1))))
        journals.open(path, image, ImagePyramid(image))
      } catch {
        mailbox.post(.pictureFailed(path: path, message: "\(error)"))
      }
    }
  }

  private func save(_ request: SaveRequest) {
    Task.detached { [mailbox] in
      do throws(ImageError) {
        try ImageFile.savePNG(request.mask.mask, to: request.path, overwrite: request.mayOverwrite)
        mailbox.post(.saved(request))
      } catch .exists {
        mailbox.post(.saveWouldOverwrite(request))
      } catch {
        mailbox.post(.saveFailed(request, message: "\(error)"))
      }
    }
  }
}
