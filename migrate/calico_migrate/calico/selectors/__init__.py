"""Calico's selector language."""
