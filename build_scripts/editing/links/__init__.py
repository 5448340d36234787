"""Whether the links of the publication still lead somewhere: asked on demand, politely, never in the build."""
