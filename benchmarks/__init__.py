"""Measurements: `python -m benchmarks.NAME [--data FOLDER]` ends with `RESULT {json}`."""
