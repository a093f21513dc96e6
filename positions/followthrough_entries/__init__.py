"""What a file for `tracker load` may say of follow-through, a module a noun (docs/load.md). Validated before anything is stored."""
