"""`python -m storyreel`."""

from storyreel.cli import main

if __name__ == "__main__":
    main()
