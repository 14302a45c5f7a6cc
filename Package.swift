// swift-tools-version: 6.2

import PackageDescription

/// What every module is held to: a pointer needs the word `unsafe`, a C module never shows in a
/// public signature, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Modules that loop over pixels or cells are optimised in debug builds too, so that tests are quick.
let fast = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// C is compiled with the same optimisation in debug and release; nobody reads `errno`, for whose
/// sake roots would be taken one by one.
let fastC: [CSetting] = [.unsafeFlags(["-O3", "-ffp-contract=fast", "-fno-math-errno"])]

let package = Package(
  name: "aura",
  products: [
    .executable(name: "aura", targets: ["aura"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Leaves.
    .target(name: "Basics", swiftSettings: fast),
    .target(name: "Files", dependencies: ["Basics"], swiftSettings: fast),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // What other programs pack files with: ZIP, pickle.
    .target(name: "Archives", dependencies: ["CZlib", "Basics"], swiftSettings: fast),
    // What a run is told and tells: settings and records.
    .target(name: "Recipes", dependencies: ["Basics"], swiftSettings: fast),

    // Engine.
    // Its declarations; the library itself is loaded where it is asked for (see blas.h).
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .target(
      name: "CKernels", dependencies: ["COpenBLAS"],
      cSettings: fastC + [.headerSearchPath(".")]),
    .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: fast),
    .target(name: "Autograd", dependencies: ["Kernels"], swiftSettings: fast),
    .target(name: "Networks", dependencies: ["Autograd", "Recipes"], swiftSettings: fast),
    .target(
      name: "Weights", dependencies: ["Autograd", "Recipes", "Archives"],
      resources: [.copy("Simulated")],
      swiftSettings: fast),

    // Picture and project.
    .target(
      name: "CCodecs", cSettings: fastC,
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("tiff"), .linkedLibrary("jpeg")]),
    .target(
      name: "Imaging", dependencies: ["CCodecs", "Archives", "Basics"], swiftSettings: fast),
    .target(
      name: "Objects", dependencies: ["Imaging", "Archives", "Files", "Basics"],
      swiftSettings: fast),
    .target(
      name: "Project", dependencies: ["Imaging", "Recipes", "Files", "Basics"],
      swiftSettings: fast),
    .target(
      name: "Comparison",
      dependencies: [
        "Project", "Imaging", "Recipes", "Files", "Basics", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: fast),

    // Screen.
    .target(
      name: "CTerminal", cSettings: fastC,
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "Screen", dependencies: ["Basics", .product(name: "Yams", package: "Yams")],
      swiftSettings: fast),
    .target(
      name: "Workbench",
      dependencies: [
        "Screen", "Imaging", "Objects", "Project", "Comparison", "Recipes", "Basics",
      ],
      swiftSettings: fast),
    .target(name: "Terminal", dependencies: ["Screen", "CTerminal"], swiftSettings: fast),

    // Joined.
    .target(
      name: "Training",
      dependencies: [
        "Networks", "Weights", "Objects", "Imaging", "Project", "Recipes", "Autograd", "Kernels",
        "Files", "Basics",
      ],
      swiftSettings: fast),
    .target(
      name: "Workflows",
      dependencies: [
        "Training", "Comparison", "Project", "Recipes", "Objects", "Imaging", "Weights",
        "Networks", "Autograd", "Kernels", "Files", "Basics",
        .product(name: "Logging", package: "swift-log"), .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: fast),
    .target(
      name: "Host",
      dependencies: [
        "Workflows", "Files", "Basics", "Training", "Comparison", "Project", "Recipes", "Imaging",
        "Objects", "Screen",
        "Workbench", "Terminal", .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: fast),
    .target(
      name: "Console",
      dependencies: [
        "Workflows", "Training", "Comparison", "Project", "Recipes", "Imaging", "Weights",
        "Networks", "Kernels", "Files", "Basics", "Screen", "Terminal",
      ],
      swiftSettings: fast),
    .executableTarget(
      name: "aura",
      dependencies: [
        "Kernels", "Autograd", "Networks", "Weights", "Training", "Imaging", "Project",
        "Comparison", "Recipes", "Objects", "Screen", "Workbench", "Terminal", "Files", "Basics",
        "Workflows", "Host", "Console",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: fast),

    // Tests, a folder a module.
    .target(
      name: "TestSupport", dependencies: ["Imaging"], path: "Tests/TestSupport",
      swiftSettings: fast),
    .testTarget(name: "BasicsTests", dependencies: ["Basics"], swiftSettings: fast),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: fast),
    .testTarget(name: "ArchivesTests", dependencies: ["Archives"], swiftSettings: fast),
    .target(name: "CAllocations", path: "Tests/CAllocations", cSettings: fastC),
    .target(
      name: "AllocationTesting", dependencies: ["CAllocations", "Kernels"],
      path: "Tests/AllocationTesting", swiftSettings: fast),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "AllocationTesting", "TestSupport"],
      swiftSettings: fast),
    .testTarget(
      name: "AutogradTests", dependencies: ["Autograd", "Kernels", "TestSupport"],
      swiftSettings: fast),
    .testTarget(
      name: "NetworksTests",
      dependencies: [
        "Networks", "Weights", "Autograd", "Kernels", "Recipes", "Basics", "AllocationTesting",
      ],
      swiftSettings: fast),
    .testTarget(
      name: "WeightsTests", dependencies: ["Weights", "Archives", "Autograd", "Kernels", "Basics"],
      swiftSettings: fast),
    .testTarget(
      name: "ImagingTests", dependencies: ["Imaging", "Basics", "TestSupport"], swiftSettings: fast),
    .testTarget(
      name: "ObjectsTests",
      dependencies: ["Objects", "Imaging", "Files", "Basics", "TestSupport"],
      swiftSettings: fast),
    .testTarget(name: "RecipesTests", dependencies: ["Recipes", "Basics"], swiftSettings: fast),
    .testTarget(
      name: "ProjectTests",
      dependencies: ["Project", "Imaging", "Recipes", "Files", "Basics", "TestSupport"],
      swiftSettings: fast),
    .testTarget(
      name: "ComparisonTests",
      dependencies: ["Comparison", "Imaging", "Project", "Recipes", "Files", "Basics"],
      swiftSettings: fast),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "Networks", "Weights", "Imaging", "Project", "Recipes", "Autograd",
        "Kernels", "Files", "Basics", "TestSupport",
      ],
      swiftSettings: fast),
    .target(
      name: "ScreenTesting", dependencies: ["Screen"], path: "Tests/ScreenTesting",
      swiftSettings: strict),
    .testTarget(
      name: "ScreenTests", dependencies: ["Screen", "ScreenTesting"], swiftSettings: fast),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Workbench", "Screen", "ScreenTesting", "TestSupport", "Imaging", "Objects", "Project",
        "Comparison", "Recipes", "Basics",
      ],
      swiftSettings: fast),
    .executableTarget(
      name: "RedrawBenchmark",
      dependencies: ["Workbench", "Screen", "Terminal", "Imaging", "Project", "Recipes", "Basics"],
      path: "Tests/RedrawBenchmark", swiftSettings: fast),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "Screen"], swiftSettings: fast),
    .target(
      name: "WorkflowTesting",
      dependencies: [
        "Basics", "Imaging", "Autograd", "Networks", "Recipes", "Training", "Weights",
        "TestSupport", "Comparison", "Project", "Files",
      ],
      path: "Tests/WorkflowTesting", swiftSettings: strict),
    .testTarget(
      name: "WorkflowsTests",
      dependencies: [
        "Workflows", "WorkflowTesting", "TestSupport", "Autograd", "Comparison", "Imaging",
        "Kernels", "Networks", "Objects",
        "Project", "Recipes", "Training", "Weights", "Files", "Basics",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: fast),
    .testTarget(
      name: "HostTests",
      dependencies: [
        "Host", "Files", "Basics", "Workflows", "WorkflowTesting", "TestSupport", "Comparison",
        "Imaging", "Objects",
        "Networks", "Project", "Recipes", "Screen", "Terminal", "Training", "Weights", "Workbench",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: fast),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Console", "Workflows", "Training", "Comparison", "Project", "Recipes", "Imaging",
        "Weights", "Files", "Terminal",
      ],
      swiftSettings: fast),
    .testTarget(
      name: "auraTests",
      dependencies: [
        "aura", "Console", "Workflows", "Training", "Comparison", "Project", "Recipes", "Imaging",
        "Networks",
        "Screen", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: fast),
  ]
)

/// Modules that loop over pixels, weights, random draws or cells of the screen, with their tests: these alone
/// are optimised in debug builds, since optimising takes three times as long as compiling does.
let looping: Set = [
  "Archives", "Basics", "Comparison", "Kernels", "Autograd", "Networks", "Weights", "Imaging",
  "Training",
  "Screen", "TestSupport", "KernelsTests", "AutogradTests", "NetworksTests", "WeightsTests",
  "ImagingTests", "TrainingTests",
]
for target in package.targets where target.swiftSettings != nil {
  target.swiftSettings = looping.contains(target.name) ? fast : strict
}

// What only those who work on Aura build, and nobody who uses it fetches: `.ci/fuzz`, `.ci/sanitize`, `.ci/benchmark`.
if Context.environment["AURA_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/CLibFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CLibFuzzer", "Archives", "Comparison", "Imaging", "Project", "Screen", "Terminal",
        "Weights",
      ],
      path: "Tests/Fuzz", exclude: ["Seeds", "Found", "make_seeds.py"], swiftSettings: fast,
      // gold falls over AddressSanitizer's symbols.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ]
}

if Context.environment["AURA_SANITIZE"] == "thread" {
  let programs = package.targets.filter { $0.type == .test || $0.name == "aura" }
  for target in programs { target.dependencies.append("CThreadSanitizer") }
  package.targets.append(
    .target(name: "CThreadSanitizer", path: "Tests/CThreadSanitizer", publicHeadersPath: "."))
}

if Context.environment["AURA_BENCHMARKS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
  let benchmarks = [
    ("KernelBenchmarks", ["Kernels"]), ("CellBenchmarks", ["Imaging", "Objects"]),
    ("ReaderBenchmarks", ["Autograd", "Imaging", "Weights"]),
  ]
  for (name, modules) in benchmarks {
    package.targets.append(
      .executableTarget(
        name: name,
        dependencies: modules.map { .init(stringLiteral: $0) } + [
          .product(name: "Benchmark", package: "benchmark")
        ],
        path: "Tests/Benchmarks/\(name)", swiftSettings: [.swiftLanguageMode(.v6)],
        plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
  }
}
