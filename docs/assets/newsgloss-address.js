// What a reader chose stands in the address, so that it can be shared and kept.

/** Writes values by name into the page's address; one that is empty is taken out. */
export function keepInAddress(values) {
  const url = new URL(location);
  for (const [name, value] of Object.entries(values)) {
    value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  }
  // A comma may stand in an address as it is, and reads better.
  history.replaceState(history.state, "", url.href.replaceAll("%2C", ","));
}
