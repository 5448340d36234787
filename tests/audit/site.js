// The built site as the audits see it: a page of every kind, and a server that compresses as a real one does.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import compression from "compression";
import sirv from "sirv";

// Addresses under the site's root. A star stands for any one folder.
export const KINDS = [
  "",
  "articles/*/",
  "articles/*/worksheet/",
  "articles/*/answers/",
  "claims/",
  "claims/*/",
  "entities/",
  "entities/*/",
  "quotes/",
  "quotes/*/",
  "timeline/",
  "map/",
  "corrections/",
  "search/",
  "methodology/",
  "about/",
  "data/",
  "reading/",
  "editing/",
  "reanchoring/",
];

// Parts of long lists, which a small site has none of.
export const PARTS = ["lists/*/*/", "lists/*/*/*/", "entities/*/mentions/*/*/"];

// What other sites show in a frame.
export const FRAMED = ["embed/claims/*/", "embed/quotes/*/*/"];

export const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The page of a kind that is longest, since it has the most in it that can be wrong; undefined if there is none. */
export function sampleOf(site, kind) {
  const size = (address) => statSync(join(site, address, "index.html")).size;
  return addressesOf(site, kind).sort((one, other) => size(other) - size(one))[0];
}

/** All addresses that a kind stands for, each ending with a slash. */
function addressesOf(site, kind) {
  const [first, ...rest] = kind.split("*");
  const ways = rest.reduce(
    (found, then) => found.flatMap((way) => foldersIn(join(site, way)).map((name) => `${way}${name}${then}`)),
    [first],
  );
  return ways.filter((address) => existsSync(join(site, address, "index.html")));
}

function foldersIn(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Where the site says that it stands. Only there do its absolute links work, such as those of its 404 page. */
export function addressOf(site) {
  const found = /<link rel="canonical" href="([^"]+)"/.exec(readFileSync(join(site, "index.html"), "utf8"));
  if (!found) throw new Error("the front page has no canonical address");
  return new URL(found[1]);
}

/** Serves the site on this machine; gives its address, which ends with a slash, and how to stop. */
export async function serve(site) {
  const path = addressOf(site).pathname;
  const compress = compression();
  const files = sirv(site, { etag: true });
  const server = createServer((request, response) => {
    if (!request.url.startsWith(path)) return response.writeHead(404).end();
    request.url = request.url.slice(path.length - 1);
    return compress(request, response, () => files(request, response, () => response.writeHead(404).end()));
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const close = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { url: `http://127.0.0.1:${server.address().port}${path}`, close };
}
