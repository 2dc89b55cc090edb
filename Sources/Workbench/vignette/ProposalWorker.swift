import Images
import VisionTasks
import WorkbenchCore

/// Finds first clicks; the networks are loaded when they are wanted first.
actor ProposalWorker {
  private let threads: Int?
  private let mailbox: Mailbox
  private var finder: SalientObjectFinder?

  init(threads: Int?, mailbox: Mailbox) {
    self.threads = threads
    self.mailbox = mailbox
  }

  func propose(for path: String, _ image: Image) async {
    do {
      let finder = try finder ?? VisionNetworks.salientObjects(threads: threads)
      self.finder = finder
      mailbox.post(.proposed(path: path, try await finder.firstClicks(on: image)))
    } catch {
      mailbox.post(.proposalFailed(path: path, message: "\(error)"))
    }
  }
}
