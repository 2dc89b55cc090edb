import Foundation
import Testing
import WorkbenchCore

@Suite struct FileListTests {
  private func withFolder(_ names: [String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in names { try Data().write(to: folder.appendingPathComponent(name)) }
    try body(folder.path)
  }

  @Test func aFolderMeansItsImagesInHumanOrder() throws {
    try withFolder(["b10.jpg", "b9.JPG", "A.png", "notes.txt", ".hidden.png", "b9-mask.png", "mask.png"]) {
      let list = try FileList.expanding([$0])
      #expect(
        list.paths.map { ($0 as NSString).lastPathComponent } == ["A.png", "b9.JPG", "b10.jpg", "mask.png"])
    }
  }

  @Test func orderIsThatOfPeople() throws {
    let names = [
      "02.png", "2.png", "10.png", "a.png", "A1.png", "a1b.png", "a2.png", "a010.png", "b.png", "猫.png",
    ]
    try withFolder(names.shuffled()) {
      let found = try FileList.expanding([$0]).paths
      #expect(found.map { ($0 as NSString).lastPathComponent } == names)
    }
  }

  @Test func aFileStandsForItselfWhateverItsName() throws {
    try withFolder(["picture.dat", "one-mask.png"]) {
      let list = try FileList.expanding(["\($0)/picture.dat", "\($0)/one-mask.png"])
      #expect(list.paths.count == 2)
    }
  }

  @Test func saysWhatIsMissing() throws {
    #expect(throws: WorkbenchError.noFile(path: "/no/such/file.png")) {
      try FileList.expanding(["/no/such/file.png"])
    }
    try withFolder(["a.txt"]) { folder in
      #expect(throws: WorkbenchError.noImages(folder: folder)) { try FileList.expanding([folder]) }
    }
  }

  @Test func opensOnlyWhatIsThere() {
    var list = FileList(paths: ["a", "b"])
    list.open(7)
    #expect(list.current == 1 && !list.hasNext && list.hasPrevious)
    list.open(-1)
    #expect(list.current == 0 && list.hasNext && !list.hasPrevious)
  }
}
