// The index of the search in a copy on a disk, where no script may fetch a file: each of the index's files stands in a script
// beside it, which hands its bytes over when it is loaded.

const files = {};
const modules = window.newsglossModules;

/** Loads a script once; whoever asks for it again gets the same answer. */
function run(address) {
  return (files[address] ??= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.addEventListener("load", () => loaded(script.remove()));
    script.addEventListener("error", () => failed(new Error(`${address} is not there`)));
    script.src = address;
    document.head.append(script);
  }));
}

/** What Pagefind takes for fetch. It asks below an address of no meaning, and adds what a cache would heed. */
function fetchFrom(index) {
  return async (address) => {
    const name = address.replace(/^offline:\/|\?.*$/g, "");
    await run(new URL(`${name}.js`, index).href);
    return new Response(Uint8Array.from(atob(window.newsglossFiles[name]), (sign) => sign.charCodeAt(0)));
  };
}

/** Where the page of a record stands: a folder's file. */
export const pageOf = (url) => url.replace(/(^|\/)(?=$|[?#])/, "$1index.html");

export async function load(index) {
  const fetched = fetchFrom(index);
  modules.fetch = fetched;
  const get = async (name) => (await fetched(name)).json();
  const [top] = await Promise.all([get("facets.json"), run(new URL("pagefind.js", index).href)]);
  return { pagefind: modules["./pagefind.js"], base: "offline:/", top, get };
}
