import ArgumentParser
struct NNConvCommand: ParsableCommand {}
NNConvCommand.main()
