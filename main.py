from visualizer.cli.main import main

raise SystemExit(main())
