// Follows every link within the built site, fragments and text fragments included. Links that lead out are not asked for.
// Usage: node links.js SITE LYCHEE

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { addressOf } from "./site.js";

/** The site's own address leads to its folder, whether it is written whole or from the root. */
function remaps(folder, address) {
  const files = pathToFileURL(folder).href;
  const own = [address.href, `${files}${address.pathname}`];
  return own.flatMap((start) => ["--remap", `^${start.replace(/\/$/, "").replace(/[.?+]/g, "\\$&")}/?(.*) ${files}/$1`]);
}

function main(site, lychee) {
  const folder = resolve(site);
  const options = ["--offline", "--include-fragments=full", "--no-progress", "--index-files", "index.html", "--root-dir", folder];
  const run = spawnSync(lychee, [...options, ...remaps(folder, addressOf(site)), folder], { encoding: "utf8" });
  if (run.error) throw run.error;
  console.log(`links: ${run.stdout.trim()}${run.stderr.trim() ? `\n${run.stderr.trim()}` : ""}`);
  return run.status;
}

process.exitCode = main(process.argv[2], process.argv[3]);
