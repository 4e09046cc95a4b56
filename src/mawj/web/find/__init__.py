"""Finding: words in any spelling, facets, an order with its reasons, an address to share."""
