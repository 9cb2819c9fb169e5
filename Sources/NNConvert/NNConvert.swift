// NNConvert: see docs/architecture.md.
