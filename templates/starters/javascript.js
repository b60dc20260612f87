const nanometres = { nm: 1, um: 1000, mm: 1_000_000 };

/** @typedef {"nm" | "um" | "mm"} Unit */

/**
 * @typedef {Object} Outputs
 * @property {number} length - The length in the unit that was wanted.
 * @property {Unit} unit - That unit.
 */

/**
 * Converts a length between the units of microscopy.
 *
 * @param {Object} inputs
 * @param {number} inputs.length - The length.
 * @param {Unit} inputs.from - Its unit.
 * @param {Unit} [inputs.to="um"] - The unit that is wanted.
 * @returns {Outputs}
 */
export function convertLength({ length, from, to = "um" }) {
  return { length: (length * nanometres[from]) / nanometres[to], unit: to };
}
