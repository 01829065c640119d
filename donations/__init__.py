"""Reader support for a newsroom. One app, a list of nouns; see docs/architecture.md."""
