// CompactFile: see docs/architecture.md.
