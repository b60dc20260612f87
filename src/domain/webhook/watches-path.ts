import picomatch from "picomatch";
import { isDocumentPath, isSourcePath } from "../document/publishable-path.ts";

/** Whether a source with these globs watches a path: one of them fits, and none that begins with `!`. */
export function watchesPath(globs: readonly string[]): (path: string) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.flatMap((glob) => (glob.startsWith("!") ? [glob.slice(1)] : []));
  // Nothing but what to leave out: all else is wanted.
  const fits = matcher(wanted.length === 0 ? ["**"] : wanted);
  const isLeftOut = matcher(unwanted);
  return (path) => fits(path) && !isLeftOut(path) && (isDocumentPath(path) || isSourcePath(path));
}

function matcher(globs: readonly string[]): (path: string) => boolean {
  // Without nonegate, `!(a)` within a glob of ours would be read as leaving out once more.
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true, nonegate: true });
}
