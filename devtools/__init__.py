"""What tests, benchmarks and pictures share: a server of their own, and a Chromium."""
