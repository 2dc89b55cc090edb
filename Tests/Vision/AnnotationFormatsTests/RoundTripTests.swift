import AnnotationFormats
import Annotations
import Foundation
import TestSupport
import Testing
import VisionTasks

/// What every format must do: give back the masks that it was given.
@Suite struct RoundTripTests {
  /// Formats and tolerances under which nothing may be lost.
  static let lossless: [(String, Double?)] = AnnotationFormat.all.flatMap { [($0.id, nil), ($0.id, 0)] }

  @Test(arguments: lossless)
  func awkwardObjectsComeBack(id: String, tolerance: Double?) throws {
    let format = try #require(AnnotationFormat.named(id))
    try Scene.with { scene in
      // A photo for each object, so that formats with one object to a pixel lose nothing either.
      var photos = try AnnotatedObject.awkward.enumerated().map { index, object in
        try scene.photo("photo \(index).png", width: 8, height: 6, [object])
      }
      photos.append(try scene.photo("ohne Ümlaut.png", width: 3, height: 2))
      let imported = try scene.roundTrip(photos, format, tolerance: tolerance)
      #expect(imported.strangers.isEmpty)
      for photo in photos {
        let found = imported.photos.first { $0.photo == photo.photo }
        #expect(found?.objects.map(\.mask) ?? [] == photo.objects.map(\.mask), "\(photo.photo.name)")
        if let name = photo.objects.first?.className { #expect(found?.objects.first?.className == name) }
      }
    }
  }

  /// Control characters, escape sequences, right-to-left, wide and composed ones, and what formats separate with.
  static let hostileNames = [
    "a\u{1B}[2J\u{07}", "b\nc\td", "日本語の写真", "\u{202E}gnp.exe", "e\u{301}te\u{301}", "%41%zz", "-rf", " d ",
    "#x: y",
    "it's \"q\" \\ z", "{a, b}", "a.b.c", "\u{2028}n\u{85}", "👩‍👩‍👧",
  ]

  @Test(arguments: AnnotationFormat.all.map(\.id))
  func hostileNamesComeBack(id: String) throws {
    let format = try #require(AnnotationFormat.named(id))
    try Scene.with { scene in
      let photos = try Self.hostileNames.map { name in
        var object = AnnotatedObject.awkward[0]
        object.className = "class \(name)"
        return try scene.photo("\(name).png", width: 8, height: 6, [object])
      }
      let imported = try scene.roundTrip(photos, format)
      #expect(imported.strangers.isEmpty)
      for photo in photos {
        let found = imported.photos.first { $0.photo == photo.photo }
        #expect(found?.objects.map(\.mask) == photo.objects.map(\.mask), "\(photo.photo.name)")
        #expect(found?.objects.map(\.className) == photo.objects.map(\.className))
      }
    }
  }

  @Test(arguments: lossless)
  func randomMasksComeBack(id: String, tolerance: Double?) throws {
    let format = try #require(AnnotationFormat.named(id))
    var generator = SeededGenerator(seed: 11)
    try Scene.with { scene in
      let photos = try (0..<60).map { index in
        let (width, height) = (
          Int.random(in: 1...40, using: &generator), Int.random(in: 1...40, using: &generator)
        )
        let mask = RunLengths.random(&generator, width: width, height: height)
        let object = AnnotatedObject(mask: mask, className: ["cat", "dog"][index % 2], origin: .brush)
        return try scene.photo("\(index).png", width: width, height: height, mask.isEmpty ? [] : [object])
      }
      let imported = try scene.roundTrip(photos, format, tolerance: tolerance)
      for photo in photos where !photo.objects.isEmpty {
        let found = imported.photos.first { $0.photo == photo.photo }
        #expect(found?.objects.map(\.mask) == photo.objects.map(\.mask), "\(photo.photo.name)")
        #expect(found?.objects.map(\.className) == photo.objects.map(\.className))
      }
    }
  }
}
