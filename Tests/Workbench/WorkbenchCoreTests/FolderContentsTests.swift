import Foundation
import Testing
import WorkbenchCore

@Suite struct FolderContentsTests {
  @Test func filesAndFoldersAreNamed() throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent("contents-\(UUID().uuidString)")
    try manager.createDirectory(at: folder.appendingPathComponent("b"), withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: folder) }
    for name in ["a10.json", "a9.json", "a b\u{1B}\n.json", ".hidden", "~x"] {
      try Data().write(to: folder.appendingPathComponent(name))
    }
    for (link, target) in [("linked", "b"), ("lost", "nowhere")] {
      try manager.createSymbolicLink(
        atPath: folder.appendingPathComponent(link).path, withDestinationPath: target)
    }
    #expect(mkfifo(folder.appendingPathComponent("pipe").path, 0o600) == 0)
    let expected = FolderContents.names(
      [".hidden", "a b\u{1B}\n.json", "a9.json", "a10.json", "b/", "linked/", "~x"])
    #expect(FolderContents.read(folder.path + "/") == expected)
    #expect(FolderContents.read(folder.path + "/b/") == .names([]))
  }

  @Test func homesAndTheWorkingDirectoryAreUnderstood() {
    #expect(FolderContents.read("~/") == FolderContents.read(NSHomeDirectory() + "/"))
    #expect(FolderContents.read("") == FolderContents.read(FileManager.default.currentDirectoryPath + "/"))
    #expect(FolderContents.read("") != .names([]))
  }

  @Test(arguments: ["/nowhere/", "/etc/passwd/", "~nobody-of-this-name/"])
  func whatCannotBeReadHasNoNames(folder: String) {
    #expect(FolderContents.read(folder) == .names([]))
  }
}
