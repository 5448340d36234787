// Runs the Nu HTML checker over every page of the built site.
// Usage: node html.js SITE

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import vnu from "vnu-jar";

/** The theme's two switches carry an attribute that HTML keeps for text fields; browsers ignore it there. */
function isFromTheTheme({ message, extract }) {
  return /^Attribute .autocomplete. is only allowed/.test(message) && /id="__(drawer|search)"/.test(extract);
}

function check(site) {
  const run = spawnSync(
    "java",
    ["-Xmx1g", "-jar", vnu, "--errors-only", "--exit-zero-always", "--format", "json", "--skip-non-html", "--stdout", site],
    { encoding: "utf8", maxBuffer: 2 ** 29 },
  );
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`the checker itself failed (${run.status}): ${run.stderr}`);
  return JSON.parse(run.stdout).messages;
}

/** A fault of a template is on every page: each message once, with its number and its first place. */
function describe(errors, site) {
  const faults = new Map();
  for (const { message, url, lastLine = 0, lastColumn = 0 } of errors) {
    const fault = faults.get(message) ?? { count: 0, place: `${relative(site, fileURLToPath(url))}:${lastLine}:${lastColumn}` };
    fault.count += 1;
    faults.set(message, fault);
  }
  return [...faults].map(([message, { count, place }]) => `${place}: ${message} (${count} in all)`);
}

function main(site) {
  const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html"));
  const messages = check(site);
  const errors = messages.filter((message) => !isFromTheTheme(message));
  for (const line of describe(errors, site)) console.log(line);
  console.log(`HTML: ${pages.length} pages: ${errors.length} errors, ${messages.length - errors.length} of the theme's known ones`);
  return errors.length || pages.length === 0 ? 1 : 0;
}

process.exitCode = main(resolve(process.argv[2]));
