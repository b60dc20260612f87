import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The statements of every migration, in order. */
    migrations: string[];
  }
}
