"""Tests of visualizer.views.why."""
