"""The contract between a look and everything that is drawn."""
