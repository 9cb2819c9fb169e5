// NNInference: see docs/architecture.md.
