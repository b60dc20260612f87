import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The statements of every migration, in order. */
    migrations: string[];
    /** The Workers that the registry calls, as Miniflare takes them. */
    calledWorkers: { name: string }[];
    /** Where deliveries may be sent (test/receiver/). */
    receiverUrl: string;
  }
}
