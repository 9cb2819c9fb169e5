// NNInferenceC: see docs/architecture.md.
