"""The pages: views, forms and templates, by subject. What they show comes from the flow."""
