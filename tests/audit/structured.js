// Two other people's ideas of structured data, over every page of the built site: the types of schema.org (schema-dts, by the
// TypeScript compiler) and what Google asks for (structured-data-testing-tool).
// Usage: node structured.js SITE

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const require = createRequire(import.meta.url);
const { structuredDataTestHtml } = require("structured-data-testing-tool");
const { Google } = require("structured-data-testing-tool/presets");

const SCRIPT = /<script type="application\/ld\+json">([^<]*)<\/script>/g;
const FEED = "data/claimreview.jsonld";
// Where the compiler finds the types as it would in a project.
const FOLDER = resolve(import.meta.dirname, "node_modules/.cache/structured");

/** Every page with data, and its documents. */
function pagesOf(site) {
  const names = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
  const pages = names.map((name) => {
    const html = readFileSync(join(site, name), "utf8");
    return { name, html, texts: [...html.matchAll(SCRIPT)].map((found) => found[1]) };
  });
  return pages.filter(({ texts }) => texts.length > 0);
}

/** A line of TypeScript that is right if a document is what it says that it is. */
function typed(text, number) {
  const value = JSON.parse(text);
  return `export const document${number}: WithContext<${value["@type"]}> = ${JSON.stringify(value)};`;
}

/** What the compiler says, each error with the document's place in front and its innermost reason. */
function compile(documents) {
  mkdirSync(FOLDER, { recursive: true });
  const types = new Set(documents.map(({ text }) => JSON.parse(text)["@type"]));
  const lines = [`import type { WithContext, ${[...types].sort().join(", ")} } from "schema-dts";`];
  lines.push(...documents.map(({ text }, number) => typed(text, number)));
  writeFileSync(join(FOLDER, "documents.ts"), `${lines.join("\n")}\n`);
  const options = ["--strict", "--noEmit", "--module", "nodenext", "--moduleResolution", "nodenext", "--pretty", "false"];
  const tsc = resolve(import.meta.dirname, "node_modules/.bin/tsc");
  const run = spawnSync(tsc, [...options, "documents.ts"], { cwd: FOLDER, encoding: "utf8", maxBuffer: 2 ** 27 });
  if (run.error) throw run.error;
  const errors = run.stdout.split(/\n(?=\S)/).filter((error) => error.startsWith("documents.ts("));
  if (run.status !== 0 && errors.length === 0) throw new Error(`the compiler itself failed: ${run.stdout}${run.stderr}`);
  return errors.map((error) => {
    // The first line of the file is the import.
    const { name } = documents[Number(/\((\d+)/.exec(error)[1]) - 2];
    return `${name}: ${error.trim().split("\n").at(-1).trim().replace(/^documents.*? error /, "").slice(0, 300)}`;
  });
}

/** What of Google's demands a page fails. */
async function askedByGoogle({ name, html }) {
  // It rejects where something fails, with the same result.
  const result = await structuredDataTestHtml(html, { presets: [Google] }).catch((error) => error.res ?? Promise.reject(error));
  const failed = result.failed.map(({ schema, description, test }) => `${name}: ${schema}: ${description ?? test}`);
  return { failed, passed: result.passed.length };
}

async function main(site) {
  const pages = pagesOf(site);
  const documents = pages.flatMap(({ name, texts }) => texts.map((text) => ({ name, text })));
  documents.push({ name: FEED, text: readFileSync(join(site, FEED), "utf8") });
  const untyped = compile(documents);
  const answers = await Promise.all(pages.map(askedByGoogle));
  const failed = answers.flatMap((answer) => answer.failed);
  const passed = answers.reduce((sum, answer) => sum + answer.passed, 0);
  for (const line of [...untyped, ...failed]) console.log(line);
  console.log(`structured data: ${documents.length} documents: ${untyped.length} errors of type`);
  console.log(`structured data: ${pages.length} pages: ${passed} of Google's demands met, ${failed.length} not`);
  return untyped.length || failed.length || pages.length === 0 || passed === 0 ? 1 : 0;
}

process.exitCode = await main(resolve(process.argv[2]));
