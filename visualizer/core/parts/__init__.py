"""Parts: a logit, or any number, as what each pixel and each bias adds to it."""
