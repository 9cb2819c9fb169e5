"""Fixtures that a release cannot write, and why."""

SKIPPED = {
}
