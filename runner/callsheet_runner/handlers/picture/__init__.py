"""Pictures as the image handlers see them: read, projected, measured and written in one way."""
