"""One digit from outside: a drawing, a photograph, a scan, brought into MNIST's form."""
