// The index of the search as the site serves it. A copy on a disk has a file of its own in this one's place:
// build_scripts/offline/index.js.

/** Where the page of a record stands. */
export const pageOf = (url) => url;

/** Pagefind's functions; where it is to look; what stands on top of the index; how its other files are read. */
export async function load(index) {
  const get = async (name, options) => (await fetch(new URL(name, index), options)).json();
  const [pagefind, top] = await Promise.all([
    import(new URL("pagefind.js", index)),
    get("facets.json", { cache: "no-cache" }),
  ]);
  return { pagefind, base: index.pathname, top, get };
}
