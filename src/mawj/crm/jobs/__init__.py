"""Long work: asked for here, done by the worker, seen while it goes on."""
