"""Help for the tests that is itself no test."""
