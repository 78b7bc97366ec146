"""One number, whole: every term of the selected cell in one picture."""
