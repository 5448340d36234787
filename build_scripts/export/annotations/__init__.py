"""Model to W3C Web Annotations: every annotation that is published, and the texts in which they count."""
