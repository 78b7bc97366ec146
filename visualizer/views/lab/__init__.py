"""The Convolution lab: padding, strides, kernels and pooling tried by hand."""
