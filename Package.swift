// swift-tools-version: 6.2
import PackageDescription

/// Every target speaks the same dialect: warnings are errors, unsafe code says `unsafe`, imports are explicit.
let dialect: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
]
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// One room: a target whose name is its folder.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: dialect)
}

/// The tests of one room.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestKit"], swiftSettings: dialect)
}

let package = Package(
  name: "ferry",
  products: [.executable(name: "ferry", targets: ["ferry"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The core: bytes, values and decisions. None of these opens a file, a socket or a clock.
    .target(name: "CInstructions", exclude: ["README.md"]),
    room("Records", ["CInstructions"]),
    room("Settings", ["Yams"]),
    room("Endpoints", ["Records"]),
    room("Delivery", ["Endpoints", "Records"]),
    room("Jobs", ["Delivery", "Endpoints", "Records", "Settings"]),
    room("Checkpoints"),
    room("Pipeline", ["Settings", "Checkpoints", "Delivery", "Endpoints", "Jobs", "Records"]),

    // The world.
    // The headers alone: the library is loaded when it is needed.
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CShims", dependencies: ["CCurl", "CZlib"], exclude: ["README.md"]),
    room("Platform", ["CCurl", "CShims", "CZlib", "Checkpoints", "Delivery", "Endpoints", "Pipeline", "Records"]),
    room("Sandbox", nio),

    // The command line.
    .executableTarget(
      name: "ferry",
      dependencies: [
        argumentParser, "Checkpoints", "Delivery", "Endpoints", "Jobs", "Pipeline", "Platform", "Records", "Sandbox",
        "Settings",
      ],
      exclude: ["README.md"], swiftSettings: dialect,
      // Linked at a fixed address: the static runtime has some 38 MB of tables full of addresses, and adjusting them at
      // every start would take 3 MB of memory and a few milliseconds. Heap, stacks and C libraries stay randomised.
      linkerSettings: [.unsafeFlags(["-Xclang-linker", "-no-pie"], .when(configuration: .release))]),
    .executableTarget(
      name: "Benchmarks", dependencies: [argumentParser], exclude: ["README.md"], swiftSettings: dialect),

    room("TestKit", ["Checkpoints"]),
    tests("RecordsTests", ["CInstructions", "Records"]),
    tests("SettingsTests", ["Settings"]),
    tests("EndpointsTests", ["Endpoints", "Records"]),
    tests("JobsTests", ["Endpoints", "Jobs", "Records", "Settings"]),
    tests("DeliveryTests", ["Delivery", "Endpoints", "Records"]),
    tests("CheckpointsTests", ["Checkpoints"]),
    tests("PipelineTests", ["Checkpoints", "Delivery", "Endpoints", "Jobs", "Pipeline", "Records"]),
    tests("PlatformTests", ["Checkpoints", "Delivery", "Endpoints", "Platform", "Records"]),
    tests("SandboxTests", ["Sandbox"]),
    tests("EndToEndTests", ["ferry", "Sandbox"]),
  ],
  swiftLanguageModes: [.v6]
)
