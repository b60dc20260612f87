// `node scripts/complete-lock.mjs` after a change of dependencies: npm leaves out of package-lock.json the optional packages for
// other platforms that the registry at hand does not carry, and then refuses its own lock file (`npm ci`: "Missing … from lock
// file"). This writes them in by what their names say, so that the lock file works with every registry and on every platform.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const systems = { android: "android", darwin: "darwin", linux: "linux", windows: "win32", win32: "win32" };
const processors = { arm64: "arm64", arm: "arm", x64: "x64", 64: "x64" };

let added = 0;
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] !== undefined) continue;
    lock.packages[place] = platformPackage(name, version, entry.dev === true);
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages for other platforms added to package-lock.json`);

function platformPackage(name, version, isDev) {
  const words = name.split(/[/-]/);
  const os = words.map((word) => systems[word]).find((system) => system !== undefined);
  const cpu = words.map((word) => processors[word]).find((processor) => processor !== undefined);
  if (os === undefined || cpu === undefined) throw new Error(`${name} does not say for which platform it is`);
  const isMusl = words.includes("musl");
  return {
    version,
    cpu: [cpu],
    ...(isDev ? { dev: true } : {}),
    ...(isMusl ? { libc: ["musl"] } : {}),
    optional: true,
    os: [os],
  };
}
