// Lowering: see docs/architecture.md.
