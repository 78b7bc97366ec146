"""`python -m visualizer` is `convnet-visualizer`."""

from visualizer.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
