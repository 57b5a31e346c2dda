"""The program: `python -m storyreel`, and `storyreel` where it is installed."""

from storyreel.stopping import notice_stops


def main() -> None:
    """Runs the command; it may be stopped from the first moment, while all else is still being imported."""
    stop = notice_stops()
    try:
        from storyreel.cli import commands
    except BaseException:
        if stop.number is None:
            raise
        stop.leave()
    commands.main()


if __name__ == "__main__":
    main()
