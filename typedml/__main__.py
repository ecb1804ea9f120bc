"""`python -m typedml` is `typedml`."""

from typedml.cli import main

if __name__ == "__main__":
    main(prog_name="typedml")
