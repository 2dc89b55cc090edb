import AnnotationFormats
import Annotations
import Foundation
import Images
import WorkbenchCore

/// Writes and reads files of annotations away from the interface thread.
struct TransferWorker: Sendable {
  let mailbox: Mailbox

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
    do throws(FormatError) {
      let report = try AnnotationExport(format, options: options, journalFolder: request.journalFolder)
        .run(photos: request.images, overwrite: request.mayOverwrite)
      return .exported(request, report)
    } catch .image(.exists(let path)) {
      return .exportWouldOverwrite(request, path: path)
    }
  }

  private func importFile(_ request: ImportRequest) throws -> AnnotationTransfer {
    guard let format = AnnotationFormat.named(request.format) else { return .failed(message: request.format) }
    let source = (request.source as NSString).expandingTildeInPath
    let imported = try AnnotationImport(format).read(source, photos: [request.image])
    return .imported(
      request, imported.photos.flatMap(\.objects), withoutMask: imported.withoutMask)
  }
}
