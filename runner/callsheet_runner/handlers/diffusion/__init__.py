"""Handlers that generate pictures with diffusion models. torch and diffusers are imported when a job runs, never before."""
