import AnnotationFormats
import Annotations
import Foundation
import Images
import WorkbenchCore

/// Writes and reads files of annotations away from the interface thread.
struct TransferWorker: Sendable {
  let mailbox: Mailbox
  let journals: JournalKeeper

  func run(_ effect: TransferEffect) {
    switch effect {
    case .export(let request): post { try export(request) }
    case .importFile(let request): post { try importFile(request) }
    }
  }

  private func post(_ body: () throws -> AnnotationTransfer) {
    do {
      mailbox.post(.transfer(try body()))
    } catch {
      mailbox.post(.transfer(.failed(message: "\(error)")))
    }
  }

  private func export(_ request: ExportRequest) throws -> AnnotationTransfer {
    guard let format = AnnotationFormat.named(request.format) else { return .failed(message: request.format) }
    let options = ExportOptions(
      classNames: try AnnotationExport.classNames(besidePhotos: request.images), folder: request.folder)
    let count = request.images.count
    var done = 0
    do throws(FormatError) {
      let report = try AnnotationExport(format, options: options, journalFolder: request.journalFolder)
        .run(photos: request.images, overwrite: request.mayOverwrite) {
          done += 1
          guard 100 * done / count != 100 * (done - 1) / count else { return }
          mailbox.post(.transfer(.progressed(TransferProgress("export", done: done, count: count))))
        }
      return .exported(request, report)
    } catch .image(.exists(let path)) {
      return .exportWouldOverwrite(request, path: path)
    }
  }

  private func importFile(_ request: ImportRequest) throws -> AnnotationTransfer {
    guard let format = AnnotationFormat.named(request.format) else { return .failed(message: request.format) }
    let source = (request.source as NSString).expandingTildeInPath
    var report = try AnnotationImport(format, journalFolder: request.journalFolder, documents: journals)
      .run(source, photos: request.images) { progress in
        mailbox.post(
          .transfer(
            .progressed(
              TransferProgress(
                "import: \(progress.stage.rawValue)", done: progress.done, count: progress.count))))
      }
    // For one image, it is no news that the file tells of others.
    if request.images.count == 1 { report.strangers = [] }
    return .imported(report)
  }
}
