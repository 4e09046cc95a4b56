"""Graphs as arrays: adjacency in compressed rows and the compiled kernels that run over it."""
