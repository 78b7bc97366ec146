"""One digit from outside, brought into MNIST's form: a drawing, a photograph, a scan."""
