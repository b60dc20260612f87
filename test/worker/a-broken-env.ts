/** What a binding throws when its store cannot be reached. */
export const outageMessage = "D1_ERROR: Network connection lost.";

/** A binding of which every call, or only the named ones, fails. */
export function broken<Binding extends object>(binding: Binding, calls: "all" | readonly string[] = "all"): Binding {
  return new Proxy(binding, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      if (calls === "all" || calls.includes(String(key))) {
        return () => {
          throw new Error(outageMessage);
        };
      }
      return value.bind(target);
    },
  });
}
