/** What a function has no business with, by the first component of the module, or by the whole path; and why. */
export const bannedModules: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "reaches the machine it runs on": ["os", "sys", "shutil", "glob", "pty", "signal", "posix", "nt"],
    "starts processes": ["subprocess", "multiprocessing", "asyncio.subprocess", "_posixsubprocess"],
    "reaches the network": ["socket", "urllib", "requests", "http", "ftplib", "smtplib", "telnetlib", "_socket"],
    "calls into native code": ["ctypes", "_ctypes"],
    "loads or runs code that analysis has not seen": [
      "importlib",
      "builtins",
      "code",
      "pickle",
      "marshal",
      "imp",
      "_imp",
      "_pickle",
    ],
  }).flatMap(([reason, modules]) => modules.map((module) => [module, reason])),
);

/** Why a module may not be imported; null when it may. */
export function whyBanned(module: string): string | null {
  const [first = ""] = module.split(".", 1);
  const direct = bannedModules.get(first);
  if (direct !== undefined) return direct;
  for (const [banned, reason] of bannedModules) if (module === banned || module.startsWith(`${banned}.`)) return reason;
  return null;
}
