"""The benchmarks: pages beside a bare Django view in the same processes. `make bench`, or python -m benchmarks."""
