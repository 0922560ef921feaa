// Reads ZPL from standard input and writes the label as a PNG, drawn by zpl-renderer-js. Arguments: folder of node_modules, width, height (mm), dots a mm.
const { readFileSync, writeSync } = require("node:fs");
const { join } = require("node:path");
const [, , parts, width, height, dots] = process.argv;

(async () => {
  const { api } = await require(join(parts, "zpl-renderer-js")).ready;
  const drawn = await api.zplToBase64Async(readFileSync(0, "utf8"), Number(width), Number(height), Number(dots));
  writeSync(1, drawn);
  process.exit(0);
})().catch((error) => {
  writeSync(2, String(error));
  process.exit(1);
});
