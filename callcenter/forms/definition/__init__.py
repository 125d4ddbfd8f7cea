"""A form as its author wrote it: nodes, binds, controls, texts and what depends on what."""
