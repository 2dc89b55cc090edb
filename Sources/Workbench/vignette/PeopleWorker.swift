import InferenceEngine
import Synchronization
import VisionTasks
import WorkbenchCore

/// Looks for people and faces away from the interface thread; networks are loaded when they are first needed.
final class PeopleWorker: Sendable {
  private let threads: Int
  private let mailbox: Mailbox
  private let matter = Mutex<Task<PortraitMatter, any Error>?>(nil)
  private let analyzer = Mutex<Task<FaceAnalyzer, any Error>?>(nil)

  init(threads: Int?, mailbox: Mailbox) {
    self.threads = threads ?? Session.defaultThreadCount
    self.mailbox = mailbox
  }

  /// Looks for what is asked for and posts what was found.
  func submit(_ request: PeopleRequest) {
    Task.detached(priority: .userInitiated) { [self] in
      do {
        switch request.kind {
        case .portrait:
          let matte = try await portraitMatter().value.matte(of: request.image)
          mailbox.post(
            .people(
              .portraitFound(
                path: request.path, People.Portrait(matte), matte.profile.map { LayerTable($0, peak: nil) })))
        case .faces:
          let parsing = try await faceAnalyzer().value.parse(request.image)
          let faces = People.Faces(parsing: parsing, uncertainties: parsing.uncertainties)
          mailbox.post(.people(.facesFound(path: request.path, faces)))
        }
      } catch {
        mailbox.post(.people(.failed(path: request.path, message: "\(error)")))
      }
    }
  }

  private func portraitMatter() -> Task<PortraitMatter, any Error> {
    matter.withLock { task in
      if let task { return task }
      let new = Task.detached { [threads] in
        try PortraitMatter(graph: VisionNetworks.portrait(named: nil), threads: threads)
      }
      task = new
      return new
    }
  }

  private func faceAnalyzer() -> Task<FaceAnalyzer, any Error> {
    analyzer.withLock { task in
      if let task { return task }
      let new = Task.detached { [threads] in
        try FaceAnalyzer(VisionNetworks.faces(), threads: threads)
      }
      task = new
      return new
    }
  }
}
