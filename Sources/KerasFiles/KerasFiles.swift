// KerasFiles: see docs/architecture.md.
