"""Graphs as arrays: who points at whom, and the compiled kernels that run over it.

Start at `adjacency`: edges become compressed rows of in-edges, and in large graphs tiles that
fit the cache (`segments`). Over them:

- `rank.pagerank` and `topics.topic_ranks`: attention, plain, weighted, by trust, by topic;
- `communities.communities`: groups by the Leiden method;
- `brokers.participation` and `brokers.sampled_betweenness`: who stands between groups;
- `diffusion`: how messages pass; `sketch`: reverse-reachable sets, kept; `seeds.choose`: whom
  to choose so that most are reached, with a certificate; `forward_runs.reached`: what was
  reached, measured another way.

Pure arrays; nothing of ours is imported. Ids are 0..n - 1, given and returned in the caller's
order; kernels number nodes anew, busiest sources first. Results are the same bits for any
number of threads. Memory: 4 bytes an edge and 24 a node for rows, 2 to 4 an edge for tiles, 20
a node and 4 for each edge of a source that is not busy while ranking in float32. Speed and
memory are measured by `benchmarks.ranking`.

`python -m mawj.graph.compiled` compiles every kernel ahead of time.
"""
