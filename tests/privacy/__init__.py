"""Tests of donations/privacy."""
