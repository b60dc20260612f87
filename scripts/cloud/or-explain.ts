/** Runs a script's work; a failure is told in words, without a stack, and ends the process with 1. */
export async function orExplain(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
