"""`python -m ottawa_cli`: the same as `ottawa`."""

from ottawa_cli.cli.main import main

main()
