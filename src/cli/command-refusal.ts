import { type ExitCode, exitCodes } from "./exit-codes.ts";

/** What a command itself refuses, before or without asking a registry. */
export class CommandRefusal extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.usage) {
    super(message);
    this.name = "CommandRefusal";
    this.exitCode = exitCode;
  }
}
