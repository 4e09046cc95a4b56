"""The product for programs: REST with a schema, and tools for assistants over it."""
